package isthmus.conformance.bench;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;

/** A server application that consumes everything in order, with a RocketMQ client in this process. */
final class Application {
    private static final int MESSAGES_AT_ONCE = 256;

    private final DefaultMQPushConsumer consumer;

    private Application(DefaultMQPushConsumer consumer) {
        this.consumer = consumer;
    }

    /** @param inbox is handed payloads by several threads */
    static Application start(String nameServer, Consumer<List<ByteBuffer>> inbox) {
        SessionCredentials keys = new SessionCredentials(Launcher.ACCESS_KEY, Launcher.SECRET_KEY);
        DefaultMQPushConsumer consumer =
                new DefaultMQPushConsumer(Launcher.APPLICATION_GROUP, new AclClientRPCHook(keys));
        consumer.setNamesrvAddr(nameServer);
        consumer.setInstanceName("application at " + nameServer);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setConsumeMessageBatchMaxSize(MESSAGES_AT_ONCE);
        consumer.setPullBatchSize(MESSAGES_AT_ONCE);
        consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
            inbox.accept(messages.stream().map(Application::payload).toList());
            return ConsumeOrderlyStatus.SUCCESS;
        });
        try {
            consumer.subscribe(Launcher.TOPIC, "*");
            consumer.start();
        } catch (MQClientException e) {
            throw new BenchFailure("the RocketMQ consumer cannot be started: " + e.getMessage(), e);
        }
        return new Application(consumer);
    }

    private static ByteBuffer payload(MessageExt message) {
        return ByteBuffer.wrap(message.getBody());
    }

    void close() {
        consumer.shutdown();
    }
}
