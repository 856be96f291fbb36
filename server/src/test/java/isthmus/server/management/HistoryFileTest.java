package isthmus.server.management;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.server.management.HistoryFile.Samples;
import isthmus.server.operations.InstanceOperations.GroupSample;
import isthmus.server.operations.InstanceOperations.InstanceSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryFileTest {
    private static final Instant TIME = Instant.parse("2026-01-01T12:00:00.123456789Z");
    private static final Samples SAMPLES = new Samples(
            List.of(new InstanceSample(TIME, 1, 2, 3, Long.MAX_VALUE), new InstanceSample(TIME, 0, 0, 0, 0)),
            Map.of("GID_A", List.of(new GroupSample(TIME, 4, 5))));

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsReadAgain() {
        HistoryFile file = new HistoryFile(directory.resolve("history.json"));
        assertThat(file.read()).isEqualTo(Samples.NONE);
        file.write(Samples.NONE);
        file.write(SAMPLES);
        assertThat(new HistoryFile(directory.resolve("history.json")).read()).isEqualTo(SAMPLES);
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{\"instance\":[{\"time\":\"noon\"}]}", "{\"instance\":[null]}", "{\"more\":1}"})
    void aFileThatIsBrokenIsReadAsEmptyAndReplaced(String text) throws IOException {
        Path path = Files.writeString(directory.resolve("history.json"), text);
        HistoryFile file = new HistoryFile(path);
        assertThat(file.read()).isEqualTo(Samples.NONE);
        file.write(SAMPLES);
        assertThat(file.read()).isEqualTo(SAMPLES);
    }

    @Test
    void aDiskThatTakesNothingIsNoFailure() {
        HistoryFile file = new HistoryFile(directory.resolve("missing/history.json"));
        file.write(SAMPLES);
        assertThat(file.read()).isEqualTo(Samples.NONE);
    }
}
