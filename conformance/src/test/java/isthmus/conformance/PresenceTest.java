package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.ServerApplication.Received;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The events on {@code <GroupID>_MQTT}. */
@ExtendWith(SharedServer.class)
class PresenceTest {
    private final TestServer server;

    PresenceTest(TestServer server) {
        this.server = server;
    }

    @Test
    void aConnectionIsSeenFromItsBeginningToItsEndWithAllFieldsAndInOrder() throws Exception {
        try (RocketMqApplication application =
                new RocketMqApplication(server, "GID_PresenceBackend", TestServer.ACCESS_KEY, TestServer.SECRET_KEY)) {
            Inbox events = application.consume("GID_Presence_MQTT", "*");
            long before = System.currentTimeMillis();
            PahoDevice.connect(server, "GID_Presence@@@d1").close();
            JsonNode connect = event(events.next(), "connect");
            JsonNode disconnect = event(events.next(), "disconnect");
            JsonNode tcpClean = event(events.next(), "tcpclean");

            assertThat(connect.get("clientId").asText()).isEqualTo("GID_Presence@@@d1");
            assertThat(connect.get("channelId").asText()).matches("[0-9a-f]{32}");
            assertThat(connect.get("clientIp").asText()).matches("127\\.0\\.0\\.1:\\d+");
            assertThat(connect.get("time").asLong()).isBetween(before, System.currentTimeMillis());
            for (JsonNode later : new JsonNode[] {disconnect, tcpClean}) {
                assertThat(later.get("clientId")).isEqualTo(connect.get("clientId"));
                assertThat(later.get("channelId")).isEqualTo(connect.get("channelId"));
                assertThat(later.get("clientIp")).isEqualTo(connect.get("clientIp"));
                assertThat(later.get("time").asLong()).isBetween(before, System.currentTimeMillis());
            }
            assertThat(index(connect)).isLessThan(index(disconnect));
            assertThat(index(disconnect)).isLessThan(index(tcpClean));

            takeoverIsSeenAsTheEndOfTheOldConnectionAndTheBeginningOfTheNew(events, index(tcpClean));
        }
    }

    /** In the same consumer, because a new one takes seconds to get its share of the queues. */
    private void takeoverIsSeenAsTheEndOfTheOldConnectionAndTheBeginningOfTheNew(Inbox events, long last)
            throws Exception {
        PahoDevice first = PahoDevice.connect(server, "GID_Presence@@@d1");
        JsonNode firstConnect = event(events.next(), "connect");
        assertThat(index(firstConnect)).isGreaterThan(last);
        PahoDevice second = PahoDevice.connect(server, "GID_Presence@@@d1");
        JsonNode firstEnd = event(events.next(), "tcpclean");
        JsonNode secondConnect = event(events.next(), "connect");
        assertThat(firstEnd.get("channelId")).isEqualTo(firstConnect.get("channelId"));
        assertThat(secondConnect.get("channelId")).isNotEqualTo(firstConnect.get("channelId"));
        assertThat(index(firstEnd)).isGreaterThan(index(firstConnect));
        assertThat(index(secondConnect)).isGreaterThan(index(firstEnd));
        assertThat(first.awaitLost()).isTrue();

        second.vanish();
        JsonNode secondEnd = event(events.next(), "tcpclean");
        assertThat(secondEnd.get("channelId")).isEqualTo(secondConnect.get("channelId"));
        assertThat(events.isEmpty()).as("no disconnect without a DISCONNECT").isTrue();
    }

    private static long index(JsonNode event) {
        return event.get("eventIndex").asLong();
    }

    private static JsonNode event(Received message, String type) throws Exception {
        JsonNode event = new ObjectMapper().readTree(message.body());
        assertThat(event.get("eventType").asText()).isEqualTo(type);
        assertThat(message.tag()).isEqualTo(type);
        return event;
    }
}
