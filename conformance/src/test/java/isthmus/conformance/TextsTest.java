package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts of the project name files that exist. */
class TextsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("(?:]\\(|^\\[[^]]+]: )([^)\\s#]+)", Pattern.MULTILINE);

    @ParameterizedTest
    @MethodSource("texts")
    void everyLinkLeadsToAFile(Path text) throws IOException {
        assertThat(LINK.matcher(Files.readString(text)).results().map(found -> found.group(1)))
                .filteredOn(link -> !link.matches("[a-z]+:.*"))
                .allSatisfy(link -> assertThat(text.resolveSibling(link)).exists());
    }

    static Stream<Path> texts() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 4)) {
            return files
                    .filter(file ->
                            file.toString().endsWith(".md") && !file.toString().contains("/target/"))
                    .toList()
                    .stream();
        }
    }
}
