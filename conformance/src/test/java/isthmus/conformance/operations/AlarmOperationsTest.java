package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.conformance.fixture.WebhookReceiver;
import isthmus.server.operations.AlarmOperations;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

@Areas(AlarmOperations.class)
class AlarmOperationsTest extends OperatorTest {
    AlarmOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void anAlarmIsRaisedPostedAndCleared(Hand hand) throws Exception {
        assertThat(hand.refused(AlarmOperations.TEST)).contains("no webhook");
        try (WebhookReceiver receiver = new WebhookReceiver();
                PahoDevice device = device("GID_Ops@@@" + hand.own("alarm"))) {
            hand.ask(AlarmOperations.SET_WEBHOOK, "address", receiver.address());
            assertThat(hand.ask(AlarmOperations.WEBHOOK).get("address").asText())
                    .isEqualTo(receiver.address());
            assertThat(hand.ask(AlarmOperations.TEST).get("status").asInt()).isEqualTo(200);
            assertThat(receiver.posted("test")).hasSize(1);

            device.subscribe("Ops/alarm", 1);
            // Another test may have just lowered the limit.
            soon().until(() -> !connections(hand).has("raised"));
            hand.ask(AlarmOperations.SET, "item", "connections", "threshold", 1);
            soon().until(() -> !receiver.posted("raised").isEmpty());
            server.awaitLog("alarm connections raised");
            assertThat(connections(hand).has("raised")).isTrue();
            hand.ask(AlarmOperations.SET, "item", "connections", "threshold", 70);
            soon().until(() -> !receiver.posted("cleared").isEmpty());
            assertThat(connections(hand).has("raised")).isFalse();
        }
        hand.ask(AlarmOperations.DELETE_WEBHOOK);
        assertThat(hand.ask(AlarmOperations.WEBHOOK).has("address")).isFalse();
    }

    @ByEachHand
    void anAlarmIsPostedInItsHoursOnly(Hand hand) throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver();
                PahoDevice device = device("GID_Ops@@@" + hand.own("hours"))) {
            hand.ask(AlarmOperations.SET_WEBHOOK, "address", receiver.address());
            device.subscribe("Ops/hours", 1);
            LocalTime later = LocalTime.now().plusHours(2);
            set(hand, "tellFrom", minute(later), "tellUntil", minute(later.plusHours(1)));
            soon().until(() -> connections(hand).has("raised"));
            assertThat(receiver.posted("raised")).isEmpty();

            Instant atOnce = Instant.now();
            set(hand, "tellFrom", minute(later), "tellUntil", minute(later.minusMinutes(1)), "tellEveryMinutes", 15);
            soon().until(() -> !receiver.posted("raised").isEmpty());
            assertThat(receiver.posted("raised")).hasSize(1);
            JsonNode posted = receiver.posted("raised").get(0);
            assertThat(Instant.parse(posted.get("time").asText())).isAfterOrEqualTo(atOnce);
            assertThat(Instant.parse(posted.get("since").asText())).isBefore(atOnce);
            assertThat(connections(hand).get("tellFrom").asText()).isEqualTo(minute(later));
            assertThat(connections(hand).get("tellEveryMinutes").asInt()).isEqualTo(15);
            hand.ask(AlarmOperations.SET, "item", "connections", "enabled", false);
            assertThat(connections(hand).has("raised")).isFalse();
        } finally {
            hand.ask(AlarmOperations.SET, "item", "connections");
            assertThat(connections(hand).get("threshold").asLong()).isEqualTo(70);
            hand.ask(AlarmOperations.DELETE_WEBHOOK);
        }
    }

    @ByEachHand
    void hoursThatMakeNoSenseAreRefusedByName(Hand hand) {
        assertThat(refused(hand, "tellFrom", "24:00")).contains("24:00 (expected: a time of day, 00:00 to 23:59)");
        assertThat(refused(hand, "tellFrom", "8:00")).contains("8:00 (expected");
        assertThat(refused(hand, "tellFrom", "09:00", "tellUntil", "09:00")).contains("09:00, as");
        assertThat(refused(hand, "tellEveryMinutes", 4)).contains("5..1440");
        assertThat(connections(hand).get("tellFrom").asText()).isEqualTo("00:00");
    }

    private static String minute(LocalTime time) {
        return time.truncatedTo(ChronoUnit.MINUTES).toString();
    }

    private static void set(Hand hand, Object... rule) {
        hand.ask(AlarmOperations.SET, connectionsAnd(rule));
    }

    private static String refused(Hand hand, Object... rule) {
        return hand.refused(AlarmOperations.SET, connectionsAnd(rule));
    }

    private static Object[] connectionsAnd(Object... rule) {
        return Stream.concat(Stream.of("item", "connections", "threshold", 1), Stream.of(rule))
                .toArray();
    }

    private static JsonNode connections(Hand hand) {
        for (JsonNode alarm : hand.ask(AlarmOperations.LIST).get("items")) {
            if (alarm.get("item").asText().equals("connections")) {
                return alarm;
            }
        }
        throw new AssertionError("there is no alarm for connections");
    }
}
