package isthmus.certs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Writes whole files: a reader sees the old content or the new one, also after a crash. A private file never exists with
 * wider permissions than its owner's, not even while it is empty.
 */
final class OwnerOnlyFiles {
    private static final String PRIVATE_FILE = "rw-------";
    private static final String PUBLIC_FILE = "rw-r--r--";
    private static final String PRIVATE_DIRECTORY = "rwx------";

    private OwnerOnlyFiles() {}

    static void createDirectoryOf(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            createDirectory(directory);
        }
    }

    /** Creates the directory for its owner only, where it does not exist. */
    static void createDirectory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Path parent = directory.toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.createDirectories(directory, permissions(directory, PRIVATE_DIRECTORY));
            }
        } catch (IOException e) {
            throw new CertificateFailure(directory, "the directory cannot be created: " + reason(e), e);
        }
    }

    static void writePrivate(Path file, byte[] content) {
        write(file, content, PRIVATE_FILE);
    }

    static void writePublic(Path file, byte[] content) {
        write(file, content, PUBLIC_FILE);
    }

    private static void write(Path file, byte[] content, String mode) {
        Path fresh = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try {
                writeNew(fresh, content, mode);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            syncDirectory(file.toAbsolutePath());
        } catch (IOException e) {
            throw new CertificateFailure(file, "cannot be written: " + reason(e), e);
        }
    }

    private static void writeNew(Path file, byte[] content, String mode) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, permissions(file, mode))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Makes the renaming itself survive a power loss, where the file system lets a directory be opened. */
    private static void syncDirectory(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null && isPosix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String mode) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Why a file operation failed, without the file's name. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return failure.getClass().getSimpleName();
    }
}
