package isthmus.conformance.normative;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A test that cites a statement.
 *
 * @param source its file, relative to the root of the project
 */
record CitedTest(String statement, Path source, String method) {
    String className() {
        return source.getFileName().toString().replace(".java", "");
    }

    /** The test's name as the sentence that it is. */
    String sentence() {
        return method.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
