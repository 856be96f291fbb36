package isthmus.certs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is made of a few small files, and made anew when their content changes. The content decides, not times or
 * inodes: renamed files, copied files and the symbolic links that Kubernetes swaps are all the same to it. New content that
 * cannot be used changes nothing; it is tried again at every look, because what is missing may be the other file of a pair.
 *
 * <p>{@link #versions} may be read on any thread; {@link #look} is for one thread.
 */
final class WatchedFiles<T> {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);

    /** Makes the value of the files, in the order in which they were named, or fails with {@link CertificateFailure}. */
    interface Loader<T> {
        T load(List<PemFile> files);
    }

    /** The value in use, and the one before it for whoever has just begun to use that. */
    record Versions<T>(T current, @Nullable T previous) {}

    private final List<Path> files;
    private final Loader<T> loader;
    private volatile Versions<T> versions;

    // watch thread only
    private List<String> accepted;
    private @Nullable String trouble;
    private boolean told;

    /** Reads the files for the first time. */
    WatchedFiles(List<Path> files, Loader<T> loader) {
        this.files = List.copyOf(files);
        this.loader = loader;
        Content content = read();
        this.versions = new Versions<>(loader.load(content.files()), null);
        this.accepted = content.hashes();
    }

    Versions<T> versions() {
        return versions;
    }

    T current() {
        return versions.current();
    }

    /** Reads the files again and replaces the value when there is a new one. Never fails. */
    void look() {
        try {
            Content content = read();
            if (!content.hashes().equals(accepted)) {
                T fresh = loader.load(content.files());
                versions = new Versions<>(fresh, versions.current());
                accepted = content.hashes();
                LOG.info("{}: replaced, now {}", files.get(0), fresh);
            } else if (told) {
                LOG.info("{}: in order again, unchanged: {}", files.get(0), versions.current());
            }
            trouble = null;
            told = false;
        } catch (CertificateFailure failure) {
            tell(String.valueOf(failure.getMessage()));
        }
    }

    /**
     * Tells once what is wrong, when it is still wrong at the second look: two files of a pair are replaced one after the
     * other, and in between they do not fit.
     */
    private void tell(String problem) {
        if (!problem.equals(trouble)) {
            trouble = problem;
            told = false;
        } else if (!told) {
            told = true;
            LOG.warn("{}; what was loaded before stays in use", problem);
        }
    }

    private Content read() {
        List<PemFile> parsed = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        for (Path file : files) {
            byte[] bytes = PemFile.readBytes(file);
            hashes.add(X509.sha256(bytes));
            parsed.add(PemFile.parse(file, bytes));
        }
        return new Content(parsed, hashes);
    }

    private record Content(List<PemFile> files, List<String> hashes) {}
}
