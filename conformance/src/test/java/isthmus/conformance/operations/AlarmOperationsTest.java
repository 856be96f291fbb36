package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.AlarmOperations;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@Areas(AlarmOperations.class)
class AlarmOperationsTest extends OperatorTest {
    private final List<String> posted = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    AlarmOperationsTest(TestServer server) {
        super(server);
    }

    @BeforeAll
    void startReceiver() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterAll
    void stopReceiver() {
        receiver.stop(0);
    }

    @ByEachHand
    void anAlarmIsRaisedPostedAndCleared(Hand hand) throws Exception {
        posted.clear();
        String address = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/" + hand;
        assertThat(hand.refused(AlarmOperations.TEST)).contains("no webhook");
        hand.ask(AlarmOperations.SET_WEBHOOK, "address", address);
        assertThat(hand.ask(AlarmOperations.WEBHOOK).get("address").asText()).isEqualTo(address);
        assertThat(hand.ask(AlarmOperations.TEST).get("status").asInt()).isEqualTo(200);
        assertThat(posted).singleElement().asString().contains("\"test\"");

        try (PahoDevice device = device("GID_Ops@@@" + hand.own("alarm"))) {
            device.subscribe("Ops/alarm", 1);
            hand.ask(AlarmOperations.SET, "item", "connections", "threshold", 1);
            soon().until(() -> posted.stream().anyMatch(text -> text.contains("\"raised\"")));
            assertThat(server.log()).contains("alarm connections raised");
            assertThat(connections(hand).has("raised")).isTrue();
            hand.ask(AlarmOperations.SET, "item", "connections", "threshold", 70);
            soon().until(() -> posted.stream().anyMatch(text -> text.contains("\"cleared\"")));
            assertThat(connections(hand).has("raised")).isFalse();
        }
        hand.ask(AlarmOperations.DELETE_WEBHOOK);
        assertThat(hand.ask(AlarmOperations.WEBHOOK).has("address")).isFalse();
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
