package isthmus.certs;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Something is wrong with a certificate, a key or its file. The message is one sentence for the person who can mend it. */
public final class CertificateFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CertificateFailure(String sentence) {
        super(sentence);
    }

    /** @param problem what is wrong with the file, and what is expected */
    public CertificateFailure(Path file, String problem) {
        this(file, problem, null);
    }

    CertificateFailure(Path file, String problem, @Nullable Throwable cause) {
        super(file.toAbsolutePath().normalize() + ": " + problem, cause);
    }
}
