package isthmus.conformance.crash;

import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.TestServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A server application: it sends messages to devices, one after the other and never one twice, and consumes everything.
 * Sends in a thread of its own.
 */
final class Backend implements Runnable, AutoCloseable {
    private static final long PAUSE_NANOS = 8_000_000;

    private final RocketMqApplication application;
    private final Traffic traffic;
    private final Thread thread = new Thread(this, "backend");
    private final Set<String> consumed = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Backend(String nameServer, Traffic traffic) {
        this.application =
                new RocketMqApplication(nameServer, "GID_Backend", TestServer.ACCESS_KEY, TestServer.SECRET_KEY);
        this.traffic = traffic;
        thread.setDaemon(true);
    }

    /** The server must be up. */
    void start() throws Exception {
        application.consume(
                Traffic.PARENT,
                "*",
                received -> consumed.add(Sent.nameOf(
                        Traffic.PARENT + received.properties().getOrDefault("mqttSecondTopic", ""), received.body())));
        thread.start();
    }

    @Override
    public void run() {
        while (!stopping) {
            Sent message = traffic.next();
            if (!message.payload().isEmpty()) { // RocketMQ's clients refuse those
                send(message);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void send(Sent message) {
        Map<String, String> properties = new HashMap<>();
        properties.put("mqttSecondTopic", message.topic().substring(Traffic.PARENT.length()));
        properties.put("qoslevel", String.valueOf(message.qos()));
        properties.put("cleansessionflag", message.keep() ? "false" : "true");
        if (message.retain()) {
            properties.put("mqttRetain", "true");
        }
        message.attempt();
        try {
            application.sendInOrder(Traffic.PARENT, "MQ2MQTT", properties, message.payload(), message.publisher());
            message.acknowledge();
        } catch (Exception killed) {
            // Whether the log has it is not known, and it is not sent again.
            LockSupport.parkNanos(10 * PAUSE_NANOS);
        }
    }

    void stopSending() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    boolean hasConsumed(String name) {
        return consumed.contains(name);
    }

    int consumed() {
        return consumed.size();
    }

    @Override
    public void close() {
        application.close();
    }
}
