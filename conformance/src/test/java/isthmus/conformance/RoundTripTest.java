package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication.Received;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Device → log → server application → log → device. Each device sends its messages one after the other; the server
 * application answers each of them, every other time to the device alone (P2P).
 */
@ExtendWith(SharedServer.class)
class RoundTripTest {
    private static final int DEVICES = 10;
    private static final int MESSAGES_EACH = 1000;

    private final TestServer server;
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    RoundTripTest(TestServer server) {
        this.server = server;
    }

    @Test
    void tenThousandMessagesGoRoundWithoutLossInTheOrderOfEachDeviceAndWithAllProperties() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(DEVICES);
        List<PahoDevice> devices = new ArrayList<>();
        try (RocketMqApplication application =
                new RocketMqApplication(server, "GID_RoundTripBackend", TestServer.ACCESS_KEY, TestServer.SECRET_KEY)) {
            application.consume("RoundTrip", "*", message -> answer(application, message));
            for (int device = 0; device < DEVICES; device++) {
                devices.add(connect(device));
            }
            List<Future<?>> sending = new ArrayList<>();
            for (int device = 0; device < DEVICES; device++) {
                int number = device;
                sending.add(senders.submit(() -> {
                    sendAll(devices.get(number), number);
                    return null;
                }));
            }
            for (int device = 0; device < DEVICES; device++) {
                receiveAll(devices.get(device), device);
                sending.get(device).get(60, TimeUnit.SECONDS);
            }
            assertThat(complaints).isEmpty();
            assertThat(devices).allMatch(PahoDevice::hasNothingMore);
        } finally {
            senders.shutdownNow();
            for (PahoDevice device : devices) {
                device.close();
            }
        }
    }

    /** Every third device has a stored session, so that both values of {@code cleansessionflag} are seen. */
    private PahoDevice connect(int device) throws MqttException {
        PahoDevice connected = PahoDevice.connect(
                server, server.tcp(), clientId(device), options -> options.setCleanSession(device % 3 != 0));
        connected.subscribe("RoundTrip/down/" + device, 2);
        return connected;
    }

    private static void sendAll(PahoDevice from, int device) throws MqttException {
        for (int i = 0; i < MESSAGES_EACH; i++) {
            from.publish("RoundTrip/up/" + device, device + ":" + i, upQos(i));
        }
    }

    /** In the server application: checks the message, and answers it. */
    private void answer(RocketMqApplication application, Received message) {
        if (!message.tag().isEmpty()) {
            return; // an answer of ours
        }
        String[] parts = message.body().split(":");
        int device = Integer.parseInt(parts[0]);
        int number = Integer.parseInt(parts[1]);
        expect(message, "mqttSecondTopic", "/up/" + device);
        expect(message, "clientId", clientId(device));
        expect(message, "qoslevel", Integer.toString(upQos(number)));
        expect(message, "cleansessionflag", Boolean.toString(device % 3 != 0));
        expect(message, "MSG_S", "MQTT");
        Map<String, String> properties = Map.of(
                "mqttSecondTopic",
                isP2p(number) ? "/p2p/" + clientId(device) : "/down/" + device,
                "qoslevel",
                Integer.toString(downQos(device)),
                "cleansessionflag",
                "false");
        try {
            application.sendInOrder("RoundTrip", "MQ2MQTT", properties, message.body(), parts[0]);
        } catch (Exception e) {
            complaints.add(message.body() + " was not answered: " + e);
        }
    }

    private void expect(Received message, String property, String value) {
        if (!value.equals(message.properties().get(property))) {
            complaints.add(message.body() + " has " + property + " "
                    + message.properties().get(property) + ", not " + value);
        }
    }

    private void receiveAll(PahoDevice to, int device) throws InterruptedException {
        for (int i = 0; i < MESSAGES_EACH; i++) {
            String topic = isP2p(i) ? "RoundTrip/p2p/" + clientId(device) : "RoundTrip/down/" + device;
            assertThat(to.next())
                    .as("answer %d to device %d; %s", i, device, complaints)
                    .isEqualTo(new PahoDevice.Received(topic, device + ":" + i, downQos(device), false));
        }
    }

    private static String clientId(int device) {
        return "GID_RoundTrip@@@device" + device;
    }

    private static boolean isP2p(int message) {
        return message % 2 == 1;
    }

    private static int upQos(int message) {
        return message % 10 == 0 ? 2 : 1;
    }

    /** The same for all answers to a device: MQTT keeps the order of messages with one QoS only (section 4.6). */
    private static int downQos(int device) {
        return device % 4 == 0 ? 2 : 1;
    }
}
