package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * Two devices that do what devices do while others misbehave: one publishes numbers with QoS 1, each when the last was
 * acknowledged, the other receives them.
 */
final class WellBehavedPair implements AutoCloseable {
    private static final String TOPIC = "Raw/pair";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PahoDevice publisher;
    private final PahoDevice subscriber;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Thread publishing = new Thread(this::publishOn, "well-behaved-publisher");
    private final Thread receiving = new Thread(this::receiveOn, "well-behaved-subscriber");
    private volatile boolean stopping;
    private volatile int published;
    private volatile Throwable failure;

    WellBehavedPair(TestServer server) throws MqttException {
        subscriber = PahoDevice.connect(server, "GID_Raw@@@good-subscriber");
        subscriber.subscribe(TOPIC, 1);
        publisher = PahoDevice.connect(server, "GID_Raw@@@good-publisher");
        publishing.start();
        receiving.start();
    }

    private void publishOn() {
        try {
            while (!stopping) {
                publisher.publish(TOPIC, Integer.toString(published + 1), 1);
                published++;
            }
        } catch (MqttException | RuntimeException e) {
            failure = e;
        }
    }

    private void receiveOn() {
        try {
            while (true) {
                received.add(subscriber.next().payload());
            }
        } catch (InterruptedException stopped) {
            // which is what close asked for
        } catch (AssertionError e) {
            failure = e;
        }
    }

    /** Waits until so many more messages have gone from one to the other. */
    void expectMore(int messages) {
        int enough = received.size() + messages;
        await().atMost(PATIENCE).until(() -> failure != null || received.size() >= enough);
        assertThat(failure).isNull();
    }

    /** Stops, and checks that nothing was lost and all came in order. */
    @Override
    public void close() throws Exception {
        stopping = true;
        publishing.join();
        await().atMost(PATIENCE).until(() -> failure != null || received.size() >= published);
        receiving.interrupt();
        receiving.join();
        assertThat(failure).isNull();
        assertThat(received).hasSize(published);
        for (int i = 0; i < received.size(); i++) {
            assertThat(received.get(i)).isEqualTo(Integer.toString(i + 1));
        }
        publisher.close();
        subscriber.close();
    }
}
