package isthmus.queue.embedded;

import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.QueueCore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** RocketMQ clients of one account that may do everything; all are shut down together. */
final class TestClients implements AutoCloseable {
    static final QueueAccount ACCOUNT =
            new QueueAccount("operator", "sk-operator", Set.of("*"), Set.of("*"), Set.of("*"));

    private final QueueCore queue;
    private final List<Runnable> shutdowns = new ArrayList<>();

    TestClients(QueueCore queue) {
        this.queue = queue;
        queue.putAccount(ACCOUNT);
    }

    static AclClientRPCHook hook() {
        return new AclClientRPCHook(new SessionCredentials(ACCOUNT.accessKey(), ACCOUNT.secretKey()));
    }

    DefaultMQProducer producer(boolean tracing) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("PID_" + System.nanoTime(), hook(), tracing, null);
        producer.setNamesrvAddr(queue.nameServerAddress());
        producer.setInstanceName("p" + System.nanoTime());
        producer.start();
        shutdowns.add(producer::shutdown);
        return producer;
    }

    /** A consumer that confirms everything it gets. */
    List<MessageExt> consume(String group, String topic, String tags) throws Exception {
        List<MessageExt> received = new CopyOnWriteArrayList<>();
        consumer(group, topic, tags, received, message -> true, consumer -> {});
        return received;
    }

    /** @param verdict true confirms a message, false asks for it again */
    DefaultMQPushConsumer consumer(
            String group,
            String topic,
            String tags,
            List<MessageExt> received,
            Predicate<MessageExt> verdict,
            Consumer<DefaultMQPushConsumer> settings)
            throws Exception {
        return consumer(group, topic, tags, received, verdict, settings, false);
    }

    DefaultMQPushConsumer consumer(
            String group,
            String topic,
            String tags,
            List<MessageExt> received,
            Predicate<MessageExt> verdict,
            Consumer<DefaultMQPushConsumer> settings,
            boolean tracing)
            throws Exception {
        DefaultMQPushConsumer consumer =
                new DefaultMQPushConsumer(group, hook(), new AllocateMessageQueueAveragely(), tracing, null);
        consumer.setNamesrvAddr(queue.nameServerAddress());
        consumer.setInstanceName("c" + System.nanoTime());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setHeartbeatBrokerInterval(1_000);
        consumer.subscribe(topic, tags);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            received.addAll(messages);
            return messages.stream().allMatch(verdict)
                    ? ConsumeConcurrentlyStatus.CONSUME_SUCCESS
                    : ConsumeConcurrentlyStatus.RECONSUME_LATER;
        });
        settings.accept(consumer);
        consumer.start();
        shutdowns.add(consumer::shutdown);
        return consumer;
    }

    static Message message(String topic, String tag, String key, String text) {
        return new Message(topic, tag, key, text.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> texts(List<MessageExt> messages) {
        return messages.stream()
                .map(message -> new String(message.getBody(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        shutdowns.forEach(Runnable::run);
        shutdowns.clear();
    }
}
