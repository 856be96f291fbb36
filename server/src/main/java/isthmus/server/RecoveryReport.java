package isthmus.server;

import isthmus.gateway.MqttGateway;
import isthmus.queue.embedded.LogRecovery;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line what a start had to rebuild and how long that took; nothing after an orderly stop. */
final class RecoveryReport {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryReport.class);

    private RecoveryReport() {}

    static void log(LogRecovery log, MqttGateway.Recovery gateway, Duration took) {
        if (log.afterKill() || gateway.messages() > 0) {
            LOG.info("{}", text(log, gateway, took));
        }
    }

    static String text(LogRecovery log, MqttGateway.Recovery gateway, Duration took) {
        return String.format(
                Locale.ROOT,
                "Recovered: %,d messages in the log, %,d of them checked again, %,d routed again; %,d stored sessions;"
                        + " ready after %.1f s",
                log.messages(),
                log.checked(),
                gateway.messages(),
                gateway.sessions(),
                took.toMillis() / 1e3);
    }
}
