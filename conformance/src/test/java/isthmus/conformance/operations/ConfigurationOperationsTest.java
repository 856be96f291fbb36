package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.CapturedProcess;
import isthmus.conformance.fixture.OperatedServer;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.ConfigurationOperations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;

@Areas(ConfigurationOperations.class)
class ConfigurationOperationsTest extends OperatorTest {
    private static final int SIGHUP = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    ConfigurationOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void aReloadAppliesWhatItCanAndSaysWhatNeedsARestart(Hand hand) throws Exception {
        Path file = OperatedServer.configurationOf(server);
        String original = Files.readString(file);
        String group = "GID_Ops@@@" + hand.own("reload");
        try (PahoDevice first = device(group + "-1")) {
            Files.writeString(file, original.replace("connections: 100", "connections: 1, keepAliveMax: 100"));
            JsonNode reloaded = hand.ask(ConfigurationOperations.RELOAD);
            assertThat(reloaded.get("applied").toString()).isEqualTo("[\"mqtt.limits.connections\"]");
            assertThat(reloaded.get("needRestart").toString()).isEqualTo("[\"mqtt.limits.keepAliveMax\"]");
            assertThatThrownBy(() -> device(group + "-2")).isInstanceOf(MqttException.class);
            assertThat(value(hand)).isEqualTo("1");

            Files.writeString(file, original.replace("connections: 100", "connections: many"));
            assertThat(hand.refused(ConfigurationOperations.RELOAD)).contains("mqtt.limits.connections: many");
            assertThat(value(hand)).isEqualTo("1");
        } finally {
            Files.writeString(file, original);
            hand.ask(ConfigurationOperations.RELOAD);
        }
        device(group + "-2").close();
        assertThat(hand.ask(ConfigurationOperations.SHOW).toString()).doesNotContain(TestServer.SECRET_KEY);
    }

    @Test
    void aHangUpReloadsTooAndABrokenFileChangesNothing() throws Exception {
        CapturedProcess process = server.process();
        assumeThat(process.ignores(SIGHUP))
                .as("the tests were started by something that ignores HUP, which processes inherit")
                .isFalse();
        Hand hand = hands().get(0);
        Path file = OperatedServer.configurationOf(server);
        String original = Files.readString(file);
        String group = "GID_Ops@@@hang-up";
        try (PahoDevice first = device(group + "-1")) {
            Files.writeString(file, original.replace("connections: 100", "connections: 1"));
            process.signal("HUP");
            soon().until(() -> value(hand).equals("1"));
            assertThatThrownBy(() -> device(group + "-2")).isInstanceOf(MqttException.class);

            Files.writeString(file, original.replace("connections: 100", "connections: several"));
            process.signal("HUP");
            server.awaitLog("nothing has changed: ", "mqtt.limits.connections: several");
            assertThat(value(hand)).isEqualTo("1");
            assertThatThrownBy(() -> device(group + "-2")).isInstanceOf(MqttException.class);
            first.publish("Ops/hang-up", "still here", 1);
        } finally {
            Files.writeString(file, original);
            process.signal("HUP");
            soon().until(() -> value(hand).equals("100"));
        }
        device(group + "-2").close();
    }

    private static String value(Hand hand) {
        for (JsonNode setting : hand.ask(ConfigurationOperations.SHOW).get("items")) {
            if (setting.get("key").asText().equals("mqtt.limits.connections")) {
                return setting.get("value").asText();
            }
        }
        throw new AssertionError("the configuration has no mqtt.limits.connections");
    }
}
