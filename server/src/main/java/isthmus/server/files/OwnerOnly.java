package isthmus.server.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes files and directories that only the owner of the process may use, from the first moment on. Where the file system
 * knows no such permissions, they are made with what it has. Blocks.
 */
public final class OwnerOnly {
    private static final String DIRECTORY = "rwx------";
    private static final String FILE = "rw-------";

    private OwnerOnly() {}

    /** Makes the directory and those above it, where they are missing. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, permissions(directory, DIRECTORY));
    }

    /**
     * Makes a file of one line.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it is there
     */
    public static void create(Path file, String line) throws IOException {
        Set<StandardOpenOption> create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, create, permissions(file, FILE))) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String mode) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
