package isthmus.server.resources;

import isthmus.server.files.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory with the secret keys that were made here, one file each, so that their owner can read them: nobody ever
 * typed them. Nobody but the owner of the process may read the files, from their first byte on.
 */
public final class SecretFiles {
    private final Path directory;

    public SecretFiles(Path directory) {
        this.directory = directory;
    }

    /** The file with the secret key of an account, when it was made here. */
    public Optional<Path> find(String accessKey) {
        Path file = file(accessKey);
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    void write(String accessKey, String secretKey) {
        try {
            OwnerOnly.createDirectories(directory);
            OwnerOnly.create(file(accessKey), secretKey);
        } catch (IOException e) {
            throw new UncheckedIOException("the secret key of " + accessKey + " cannot be written to " + directory, e);
        }
    }

    private Path file(String accessKey) {
        return directory.resolve(accessKey + ".secret");
    }
}
