package isthmus.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads text files that a person named. */
public final class FileText {
    private FileText() {}

    /** @throws IOException whose message is the file's name and, in words, why it cannot be read */
    public static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IOException(file + ": " + reason(file, e), e);
        }
    }

    private static String reason(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "may not be read by this user";
        }
        if (e instanceof CharacterCodingException) {
            return "is not UTF-8 text";
        }
        return Files.isDirectory(file) ? "is a directory" : "cannot be read (" + e.getMessage() + ")";
    }
}
