package isthmus.queue.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The keys by which the broker signs its own requests to the name server. Random, made at the first start, kept in the
 * data directory where only the owner may read them; never shown to a client and never logged.
 */
record InnerCredentials(String accessKey, String secretKey) {
    /** Reserved: {@link Accounts} refuses it. */
    static final String ACCESS_KEY = "isthmus-broker";

    private static final String FILE = "broker.secret";

    static InnerCredentials loadOrCreate(Path directory, SecureRandom random) {
        Path file = directory.resolve(FILE);
        try {
            if (Files.exists(file)) {
                return new InnerCredentials(ACCESS_KEY, read(file));
            }
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            InnerCredentials made =
                    new InnerCredentials(ACCESS_KEY, HexFormat.of().formatHex(secret));
            write(file, made.secretKey);
            return made;
        } catch (IOException refused) {
            throw new QueueStartException(
                    "The broker's own key " + file + " cannot be read or written: " + refused.getMessage(), refused);
        }
    }

    private static String read(Path file) throws IOException {
        String secret = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!secret.matches("[0-9a-f]{64}")) {
            throw new QueueStartException(
                    "The broker's own key " + file + " is damaged. Delete it; a new one is made at the next start.");
        }
        return secret;
    }

    private static void write(Path file, String secret) throws IOException {
        FileAttribute<?>[] ownerOnly =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, ownerOnly);
        Files.writeString(fresh, secret + "\n", StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        Files.move(fresh, file);
    }

    /** Without the secret key. */
    @Override
    public String toString() {
        return "InnerCredentials[" + accessKey + "]";
    }
}
