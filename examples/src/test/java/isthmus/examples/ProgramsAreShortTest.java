package isthmus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProgramsAreShortTest {
    @ParameterizedTest
    @MethodSource("programs")
    void aProgramHasAtMostSixtyLines(Path program) throws IOException {
        assertThat(Files.readAllLines(program)).hasSizeLessThanOrEqualTo(60);
    }

    static Stream<Path> programs() throws IOException {
        return Stream.concat(
                files(Path.of("src/main/java")), Stream.concat(files(Path.of("python")), files(Path.of("browser"))));
    }

    private static Stream<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|py|html)")).toList().stream();
        }
    }
}
