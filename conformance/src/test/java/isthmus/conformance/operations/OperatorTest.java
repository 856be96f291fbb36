package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.OperatedServer;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.api.Operation;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What an operator does in some {@link Areas}. The last test fails for each operation of them that was not carried out both
 * over HTTP and by {@code isthmus ctl}.
 */
@ExtendWith(OperatedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class OperatorTest {
    final TestServer server;
    private final List<Hand> hands;

    OperatorTest(TestServer server) {
        this.server = server;
        Management management = new Management(server);
        String name = getClass().getSimpleName();
        this.hands = List.of(new HttpHand(management, "http-" + name), new CtlHand(management, "ctl-" + name));
    }

    List<Hand> hands() {
        return hands;
    }

    PahoDevice device(String clientId) throws MqttException {
        return PahoDevice.connect(server, clientId);
    }

    PahoDevice stored(String clientId) throws MqttException {
        return PahoDevice.connect(server, server.tcp(), clientId, options -> options.setCleanSession(false));
    }

    RocketMqApplication application(String group) {
        return new RocketMqApplication(server, group, TestServer.ACCESS_KEY, TestServer.SECRET_KEY);
    }

    /** What server applications do takes its time. */
    static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }

    /** One field of each item of a page, or of each element of an array. */
    static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        (list.isArray() ? list : list.get("items"))
                .forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }

    /** The operations of the areas of a test class. */
    static List<Operation<?, ?, ?>> operationsOf(Class<?> test) {
        List<Operation<?, ?, ?>> operations = new ArrayList<>();
        for (Class<?> area : test.getAnnotation(Areas.class).value()) {
            for (Field constant : area.getFields()) {
                try {
                    operations.add((Operation<?, ?, ?>) constant.get(null));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return operations;
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void everyOperationWasCarriedOutByBothHands() {
        for (Hand hand : hands) {
            for (Operation<?, ?, ?> operation : operationsOf(getClass())) {
                assertThat(hand.carriedOut()).as("by %s", hand).contains(operation.id());
                if (operation.verb().writes()) {
                    assertThat(hand.writtenDown()).as("audited, by %s", hand).contains(operation.id());
                }
            }
        }
    }
}
