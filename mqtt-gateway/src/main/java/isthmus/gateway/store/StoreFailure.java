package isthmus.gateway.store;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/** The session store cannot be opened, read or written. The message is a sentence for the operator. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFailure(String message) {
        super(message);
    }

    StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }

    static StoreFailure closed(Path directory) {
        return new StoreFailure("The session store in " + directory + " is closed");
    }

    static StoreFailure reading(Path directory, RocksDBException cause) {
        return new StoreFailure(
                "The session store in " + directory + " cannot be read: " + cause.getMessage() + ". Check the disk",
                cause);
    }

    /** Until the store is opened again. */
    static StoreFailure broken(Path directory, RocksDBException cause) {
        return new StoreFailure(
                "The disk has not taken what was written to the session store in " + directory + ": "
                        + cause.getMessage()
                        + ". Look for the disk's errors (dmesg), and start again when it is sound.",
                cause);
    }

    static StoreFailure writing(Path directory, RocksDBException cause) {
        return new StoreFailure(
                "The session store in " + directory + " cannot be written: " + cause.getMessage()
                        + ". Check that the disk has space and is writable",
                cause);
    }
}
