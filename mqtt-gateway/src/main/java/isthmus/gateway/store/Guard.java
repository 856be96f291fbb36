package isthmus.gateway.store;

import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps threads out of native memory that has been freed: everything that touches RocksDB enters before and leaves after,
 * and closing waits until nobody is inside. A thread that comes too late gets an exception where the process would
 * otherwise crash. Any thread.
 */
final class Guard {
    private final Path directory;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed; // under the lock

    Guard(Path directory) {
        this.directory = directory;
    }

    /** @throws StoreFailure when the store is closed; then nothing was entered */
    void enter() {
        if (!enterIfOpen()) {
            throw StoreFailure.closed(directory);
        }
    }

    boolean enterIfOpen() {
        lock.readLock().lock();
        if (closed) {
            lock.readLock().unlock();
            return false;
        }
        return true;
    }

    void leave() {
        lock.readLock().unlock();
    }

    /** Lets nobody in any more, waits for those inside, and runs {@code free}. Does nothing the second time. */
    void close(Runnable free) {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                free.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
