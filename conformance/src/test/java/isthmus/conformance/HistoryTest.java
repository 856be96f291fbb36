package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The histories of the instance and of groups, over a restart. */
class HistoryTest {
    private static final String SAMPLE =
            "{\"time\":\"%s\",\"connections\":%d,\"subscriptions\":2,\"messagesIn\":3,\"messagesOut\":4}";

    @TempDir
    Path directory;

    @Test
    void samplesAreThereAgainAfterARestartUnlessTheyAreTooOldOrBroken() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Path file = data.resolve("history.json");
        Instant now = Instant.now();
        String recent = SAMPLE.formatted(now.minus(Duration.ofMinutes(5)), 11);
        Files.writeString(
                file,
                "{\"instance\":[" + SAMPLE.formatted(now.minus(Duration.ofHours(25)), 9) + ","
                        + SAMPLE.formatted(now.minus(Duration.ofHours(2)), 10) + "," + recent
                        + "],\"groups\":{\"GID_Apps\":[{\"time\":\"" + now.minus(Duration.ofMinutes(3))
                        + "\",\"online\":7,\"backlog\":8},{\"time\":\"" + now.minus(Duration.ofMinutes(20))
                        + "\",\"online\":1,\"backlog\":1}]}}");
        try (TestServer server = TestServer.start(data, Map.of())) {
            Management management = new Management(server);
            await().until(() -> samples(management, 1440).size() == 2);
            assertThat(samples(management, 1440).at("/0/connections").asInt()).isEqualTo(10);
            assertThat(samples(management, 15)).hasSize(1);
            assertThat(samples(management, 15).at("/0/connections").asInt()).isEqualTo(11);
            JsonNode group = management.get("/groups/GID_Apps/status").get("history");
            assertThat(group).hasSize(1);
            assertThat(group.at("/0/online").asInt()).isEqualTo(7);
            assertThat(server.stop()).isZero();
        }
        assertThat(file).content().contains("\"connections\":11").doesNotContain("\"connections\":9");

        Files.writeString(file, "{\"instance\":[" + recent);
        try (TestServer server = TestServer.start(data, Map.of())) {
            Management management = new Management(server);
            server.awaitLog("history.json cannot be read and begins anew");
            assertThat(samples(management, 1440)).isEmpty();
        }
    }

    private static JsonNode samples(Management management, int minutes) {
        return management.get("/instance/history?minutes=" + minutes).get("items");
    }
}
