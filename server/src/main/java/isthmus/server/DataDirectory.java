package isthmus.server;

import isthmus.server.files.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The data directory, held by this process alone. Its lock and its version are the first things that are looked at, so
 * that a second server, or an older one, stops before it has touched anything.
 */
public final class DataDirectory implements AutoCloseable {
    /** Grows when an older server could no longer read what a newer one has written. */
    private static final int FORMAT = 1;
    /** What RocketMQ takes for itself before there is any message, and the last 64 MiB, which stay free. */
    private static final int FIRST_MEGABYTES = 288;
    /** The same when its files are there already: it makes the next one of the log, and others anew. */
    private static final int AGAIN_MEGABYTES = 192;

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates the directory if it is missing, readable by its owner only, and locks it.
     *
     * @throws StartFailure when it cannot be used; the message says why
     */
    public static DataDirectory open(Path path) {
        return open(path, directory -> directory.toFile().getUsableSpace());
    }

    static DataDirectory open(Path path, ToLongFunction<Path> usableBytes) {
        Path absolute = path.toAbsolutePath().normalize();
        create(absolute);
        FileChannel lock = lock(absolute);
        try {
            checkVersion(absolute);
            requireRoom(absolute, usableBytes.applyAsLong(absolute));
        } catch (RuntimeException e) {
            closeQuietly(lock, e);
            throw e;
        }
        return new DataDirectory(absolute, lock);
    }

    /** The absolute path. */
    public Path path() {
        return path;
    }

    /** Another process may have the directory from now on. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("data directory " + path + " cannot be unlocked", e);
        }
    }

    private static void create(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                OwnerOnly.createDirectories(path);
            }
        } catch (IOException e) {
            throw new StartFailure(
                    "data directory " + path + " cannot be created: " + reason(e) + "; choose another with --data", e);
        }
        if (!Files.isWritable(path)) {
            throw new StartFailure(
                    "data directory " + path + " is not writable by this user; choose another with --data");
        }
    }

    /** Without it the start would fail in the middle of writing something, and not be able to say so. */
    private static void requireRoom(Path path, long bytes) {
        long free = bytes >> 20;
        long needed = Files.exists(path.resolve("rocketmq")) ? AGAIN_MEGABYTES : FIRST_MEGABYTES;
        if (free < needed) {
            throw new StartFailure("data directory " + path + " has " + free
                    + " MiB free on its disk, and a start needs " + needed + " MiB; make room" + other());
        }
    }

    private static FileChannel lock(Path path) {
        Path file = path.resolve("lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                String holder = read(channel);
                throw new StartFailure("data directory " + path + " is in use by another server"
                        + (holder.isEmpty() ? "" : " (process " + holder + ")") + "; stop that one" + other());
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return channel;
        } catch (IOException e) {
            StartFailure failure = new StartFailure(
                    "data directory " + path + " cannot be locked: " + reason(e) + "; choose another with --data", e);
            closeQuietly(channel, failure);
            throw failure;
        } catch (StartFailure e) {
            closeQuietly(channel, e);
            throw e;
        }
    }

    /** The lock, or null when another process, or another server in this one, has it. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        return new String(content.array(), 0, content.position(), StandardCharsets.UTF_8).strip();
    }

    private static void checkVersion(Path path) {
        Path file = path.resolve("version");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, FORMAT + "\n");
                return;
            }
            int format = Integer.parseInt(Files.readString(file).strip());
            if (format > FORMAT) {
                throw new StartFailure("data directory " + path + " was written by a newer Isthmus (format " + format
                        + ", this one reads " + FORMAT + "); use that version" + other());
            }
        } catch (NumberFormatException e) {
            throw new StartFailure(file + " is not a version number; restore it from a backup" + other(), e);
        } catch (IOException e) {
            throw new StartFailure(file + " cannot be read or written: " + reason(e), e);
        }
    }

    private static String other() {
        return ", or choose another directory with --data";
    }

    private static String reason(IOException e) {
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof java.nio.file.FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static void closeQuietly(@Nullable FileChannel channel, RuntimeException because) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
