package isthmus.queue.embedded;

import isthmus.queue.api.Appended;
import isthmus.queue.api.Body;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueCore;
import isthmus.queue.api.QueueMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real queue core for tests: start one per test class, it takes about a second and closes in about three. */
final class TestQueue {
    private TestQueue() {}

    /** On free ports of the loopback interface. */
    static EmbeddedRocketMq startIn(Path directory) {
        return EmbeddedRocketMq.start(settings(directory));
    }

    static EmbeddedSettings settings(Path directory) {
        return EmbeddedSettings.in(directory).withPorts(0, 0);
    }

    static Appended append(QueueCore queue, String topic, String body) throws Exception {
        return append(queue, message(topic, null, body));
    }

    static Appended append(QueueCore queue, QueueMessage message) throws Exception {
        return queue.append(message).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static QueueMessage message(String topic, @Nullable String key, String body) {
        return new QueueMessage(topic, key, null, MessageProperties.none(), body(body));
    }

    static Body body(String text) {
        return Body.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Body body) {
        return new String(body.array(), StandardCharsets.UTF_8);
    }
}
