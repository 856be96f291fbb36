package isthmus.queue.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * RocketMQ lets RocksDB write its log files under {@code user.home} and offers no setting for it. While its databases are
 * being opened the property points into the data directory; afterwards it is what it was.
 */
final class HomeRedirect {
    private static final String HOME = "user.home";

    private HomeRedirect() {}

    /** Runs {@code start} while the home directory is this one. */
    static <T> T during(Path directory, Supplier<T> start) {
        try {
            Files.createDirectories(directory);
        } catch (IOException refused) {
            throw new QueueStartException("The directory " + directory + " cannot be created: " + refused, refused);
        }
        String original = System.getProperty(HOME);
        System.setProperty(HOME, directory.toString());
        try {
            return start.get();
        } finally {
            System.setProperty(HOME, original);
        }
    }
}
