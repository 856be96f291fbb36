package isthmus.queue.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
            OwnerOnlyFile.write(file, (made.secretKey + "\n").getBytes(StandardCharsets.US_ASCII));
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

    /** Without the secret key. */
    @Override
    public String toString() {
        return "InnerCredentials[" + accessKey + "]";
    }
}
