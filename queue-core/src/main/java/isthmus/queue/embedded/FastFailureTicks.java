package isthmus.queue.embedded;

import java.lang.reflect.Field;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.latency.BrokerFastFailure;
import org.apache.rocketmq.common.ThreadFactoryImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RocketMQ looks a hundred times a second for requests that have waited too long in its queues, a tenth of what an idle server
 * costs. Requests of clients may wait for seconds ({@link RocketMqConfigs}), so ten times are enough.
 */
final class FastFailureTicks extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(FastFailureTicks.class);
    private static final long MILLIS = 100;

    private FastFailureTicks() {
        super(1, new ThreadFactoryImpl("BrokerFastFailureScheduledThread", true));
    }

    /** Puts this in the place of RocketMQ's own, before it starts. Another RocketMQ, without it, keeps what it has. */
    static void install(BrokerController broker) {
        try {
            Field fastFailure = BrokerController.class.getDeclaredField("brokerFastFailure");
            fastFailure.setAccessible(true);
            Field executor = BrokerFastFailure.class.getDeclaredField("scheduledExecutorService");
            executor.setAccessible(true);
            Object owner = fastFailure.get(broker);
            ScheduledExecutorService original = (ScheduledExecutorService) executor.get(owner);
            executor.set(owner, new FastFailureTicks());
            original.shutdown();
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            LOG.warn(
                    "This RocketMQ looks for late requests in another way than 5.5.0; the class FastFailureTicks can go");
        }
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(
                task, delay, Math.max(period, unit.convert(MILLIS, TimeUnit.MILLISECONDS)), unit);
    }
}
