package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.TopicRouteOperations;

@Areas(TopicRouteOperations.class)
class TopicRouteOperationsTest extends OperatorTest {
    TopicRouteOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void aRouteIsMadeStartedStoppedChangedAndDeletedAndNeverShowsItsSecret(Hand hand) throws Exception {
        String from = hand.newTopic(hand.own("From"));
        String into = hand.newTopic(hand.own("Into"));
        String name = hand.own("copy");
        hand.ask(
                TopicRouteOperations.CREATE,
                "name",
                name,
                "topic",
                from,
                "targetNameServer",
                server.nameServer(),
                "targetTopic",
                into,
                "accessKey",
                TestServer.ACCESS_KEY,
                "secretKey",
                TestServer.SECRET_KEY);
        try (PahoDevice device = device("GID_Ops@@@" + hand.own("route"))) {
            device.subscribe(into + "/#", 1);
            JsonNode started = hand.ask(TopicRouteOperations.START, "name", name);
            assertThat(started.toString()).doesNotContain(TestServer.SECRET_KEY);
            device.publish(from + "/a", "copied", 1);
            assertThat(device.next().payload()).isEqualTo("copied");
            soon().untilAsserted(() -> {
                JsonNode route = hand.ask(TopicRouteOperations.SHOW, "name", name);
                assertThat(route.get("running").asBoolean()).isTrue();
                assertThat(route.get("copied").asLong()).isEqualTo(1);
                assertThat(route.get("backlog").asLong()).isZero();
            });
            assertThat(hand.refused(TopicRouteOperations.DELETE, "name", name)).contains(name);

            hand.ask(TopicRouteOperations.STOP, "name", name);
            device.publish(from + "/b", "later", 1);
            JsonNode changed = hand.ask(
                    TopicRouteOperations.CHANGE,
                    "name",
                    name,
                    "targetNameServer",
                    server.nameServer(),
                    "targetTopic",
                    into,
                    "description",
                    "for a test");
            assertThat(changed.get("description").asText()).isEqualTo("for a test");
            assertThat(device.hasNothingMore()).isTrue();
            hand.ask(TopicRouteOperations.START, "name", name);
            assertThat(device.next().payload()).isEqualTo("later");
        }
        JsonNode list = hand.ask(TopicRouteOperations.LIST);
        assertThat(texts(list, "name")).contains(name);
        assertThat(list.toString()).doesNotContain(TestServer.SECRET_KEY);
        hand.ask(TopicRouteOperations.STOP, "name", name);
        hand.ask(TopicRouteOperations.DELETE, "name", name);
        assertThat(texts(hand.ask(TopicRouteOperations.LIST), "name")).doesNotContain(name);
    }
}
