package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.conformance.fixture.CapturedProcess;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.ServerCommand;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees of a device's message on its way to a server application, by command line. */
@ExtendWith(SharedServer.class)
class QueueOperationsTest {
    private final TestServer server;

    QueueOperationsTest(TestServer server) {
        this.server = server;
    }

    /** Runs {@code isthmus ctl … --json}. */
    private JsonNode ctl(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("ctl"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--json", "--data", server.data().toString()));
        try (CapturedProcess process = ServerCommand.start(server.data().getParent(), ServerCommand.SHORT_LIVED, all)) {
            assertThat(process.awaitExit(Duration.ofSeconds(30)))
                    .as(process.output())
                    .isZero();
            String output = process.output();
            return new ObjectMapper().readTree(output.substring(output.indexOf('{')));
        }
    }

    @Test
    void aDevicesMessageIsFoundAndItsConsumerIsShown() throws Exception {
        try (ServerApplication application =
                        new RocketMqApplication(server, "GID_Operated", TestServer.ACCESS_KEY, TestServer.SECRET_KEY);
                PahoDevice device = PahoDevice.connect(server, "GID_Apps@@@operated")) {
            Inbox inbox = application.consume("Operated", "*");
            device.publish("Operated/a", "look at me", 1);
            assertThat(inbox.next().body()).isEqualTo("look at me");

            JsonNode message = ctl("queue", "messages", "list", "Operated").at("/items/0");
            String id = message.get("messageId").asText();
            assertThat(ctl("queue", "messages", "show", "Operated", id)
                            .at("/properties/mqttSecondTopic")
                            .asText())
                    .isEqualTo("/a");
            assertThat(ctl("queue", "messages", "body", "Operated", id)
                            .get("text")
                            .asText())
                    .isEqualTo("look at me");
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                JsonNode group = ctl("queue", "groups", "show", "GID_Operated");
                assertThat(group.get("members")).hasSize(1);
                assertThat(group.get("agreement").asText()).isEqualTo("agree");
                assertThat(group.get("backlog").asLong()).isZero();
            });
            assertThat(ctl("queue", "messages", "deliveries", "Operated", id).get("items"))
                    .anyMatch(one -> one.get("group").asText().equals("GID_Operated"));
        }
    }
}
