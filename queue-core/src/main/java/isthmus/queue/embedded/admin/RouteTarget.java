package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.RouteDefinition;
import java.util.List;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.jspecify.annotations.Nullable;

/** Where a route sends to: an ordinary RocketMQ client. Used by the route's thread only. */
final class RouteTarget implements AutoCloseable {
    private static final int MAX_BODY = 16 << 20;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final String topic;
    private final DefaultMQProducer producer;
    private List<MessageQueue> queues = List.of();

    private RouteTarget(String topic, DefaultMQProducer producer) {
        this.topic = topic;
        this.producer = producer;
    }

    static RouteTarget connect(RouteDefinition definition) throws MQClientException {
        DefaultMQProducer producer =
                new DefaultMQProducer(RoutePosition.GROUP_PREFIX + definition.name(), hook(definition));
        producer.setNamesrvAddr(definition.targetNameServer());
        // Clients with one name share their connections: routes with different accounts must not.
        producer.setInstanceName("route-" + definition.name() + "-" + System.nanoTime());
        producer.setRetryTimesWhenSendFailed(0);
        producer.setSendMsgTimeout(TIMEOUT_MILLIS);
        producer.setMaxMessageSize(MAX_BODY);
        producer.start();
        return new RouteTarget(definition.targetTopic(), producer);
    }

    private static @Nullable RPCHook hook(RouteDefinition definition) {
        String accessKey = definition.accessKey();
        String secretKey = definition.secretKey();
        return accessKey == null || secretKey == null
                ? null
                : new AclClientRPCHook(new SessionCredentials(accessKey, secretKey));
    }

    /**
     * Sends messages in their order and waits until all are stored. All of one source queue go into one queue, so that
     * their order is kept.
     */
    void send(int sourceQueue, List<Message> messages)
            throws MQClientException, MQBrokerException, RemotingException, InterruptedException {
        if (queues.isEmpty()) {
            queues = producer.fetchPublishMessageQueues(topic);
        }
        MessageQueue queue = queues.get(sourceQueue % queues.size());
        SendResult result =
                messages.size() == 1 ? producer.send(messages.get(0), queue) : producer.send(messages, queue);
        if (result.getSendStatus() != SendStatus.SEND_OK) {
            throw new MQClientException("the target did not confirm: " + result.getSendStatus(), null);
        }
    }

    @Override
    public void close() {
        producer.shutdown();
    }
}
