package isthmus.server.api.access;

import isthmus.server.files.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The file with the token of whoever operates this server: made at the first start, readable by the owner of the process
 * only. Deleting it and starting again makes another.
 */
public final class TokenFile {
    /** In the directory of the keys. */
    public static final String NAME = "api.token";

    private TokenFile() {}

    /** The token in the file, which is made if it is missing. Blocks. */
    static String openOrCreate(Path keys, SecureRandom random) {
        Path file = keys.resolve(NAME);
        try {
            if (Files.exists(file)) {
                return read(file);
            }
            String token = TokenText.random(random);
            OwnerOnly.createDirectories(keys);
            OwnerOnly.create(file, token);
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException("the token of the API cannot be written to " + file, e);
        }
    }

    private static String read(Path file) throws IOException {
        String token = Files.readString(file).strip();
        if (token.isEmpty()) {
            throw new IOException(file + " is empty; delete it, and the next start makes a new token");
        }
        return token;
    }
}
