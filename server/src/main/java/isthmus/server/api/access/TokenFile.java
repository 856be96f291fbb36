package isthmus.server.api.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

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
            Files.createDirectories(keys, ownerOnly("rwx------"));
            Set<StandardOpenOption> create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (SeekableByteChannel channel = Files.newByteChannel(file, create, ownerOnly("rw-------"))) {
                channel.write(ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.UTF_8)));
            }
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

    private static FileAttribute<?> ownerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
