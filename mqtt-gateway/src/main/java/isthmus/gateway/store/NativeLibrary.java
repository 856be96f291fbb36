package isthmus.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * Loads RocksDB's native library by way of the data directory. Left alone, RocksDB unpacks 12 MB into the system's
 * temporary directory, where they stay when the process is killed.
 */
final class NativeLibrary {
    private static final String PREFIX = "librocksdbjni";

    private NativeLibrary() {}

    static void load(Path directory) {
        try {
            NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
        } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
            RocksDB.loadLibrary(); // such as a data directory that is mounted noexec: as RocksDB would have done
        } finally {
            removeFrom(directory);
        }
    }

    /** Once it is loaded the file is not needed. */
    private static void removeFrom(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().startsWith(PREFIX)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            return; // Windows keeps a loaded library; RocksDB deletes it at exit
        }
    }
}
