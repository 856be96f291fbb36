package isthmus.queue.embedded;

import java.lang.reflect.Field;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.ServiceThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RocketMQ 5.5.0 waits in the wrong place in {@code TransactionMetricsFlushService}: it burns one core for the first ten
 * seconds after every start (fixed in 5.5.1). The service only saves statistics, so it is stopped; they are saved at the
 * end instead.
 */
final class TransactionMetricsSpin {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionMetricsSpin.class);

    private TransactionMetricsSpin() {}

    static void stop(BrokerController broker) {
        try {
            Field service = BrokerController.class.getDeclaredField("transactionMetricsFlushService");
            service.setAccessible(true);
            if (service.get(broker) instanceof ServiceThread spinning) {
                spinning.shutdown();
            }
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            LOG.warn("This RocketMQ has no transactionMetricsFlushService; the class TransactionMetricsSpin can go");
        }
    }
}
