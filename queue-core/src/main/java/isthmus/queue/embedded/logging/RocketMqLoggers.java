package isthmus.queue.embedded.logging;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.rocketmq.logging.org.slf4j.ILoggerFactory;
import org.apache.rocketmq.logging.org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one {@link RocketMqLogger} per name, under the prefix {@code rocketmq.}; any thread. */
final class RocketMqLoggers implements ILoggerFactory {
    private static final String PREFIX = "rocketmq.";
    /** These write a line every second at WARN or INFO although nothing is wrong. */
    private static final Set<String> CHATTY = Set.of(
            "RocketmqTransaction", "RocketmqWaterMark", "RocketmqNamesrvWaterMark", "RocketmqTraffic", "RocketmqPop");

    private final ConcurrentMap<String, Logger> byName = new ConcurrentHashMap<>();

    @Override
    public Logger getLogger(String name) {
        return byName.computeIfAbsent(name, RocketMqLoggers::create);
    }

    private static Logger create(String name) {
        return new RocketMqLogger(LoggerFactory.getLogger(PREFIX + name), CHATTY.contains(name), System::nanoTime);
    }
}
