package isthmus.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * A server application that receives from devices with the RocketMQ client: {@code RocketMqFromDevices [COUNT]
 * [SECONDS]}. It prints what devices publish under TOPIC; exit code 0 after COUNT messages, 1 when the time is over.
 */
public final class RocketMqFromDevices {
    private RocketMqFromDevices() {}

    public static void main(String[] args) throws Exception {
        Settings settings = new Settings();
        CountDownLatch missing = new CountDownLatch(Arguments.number(args, 0, 10));

        SessionCredentials keys = new SessionCredentials(settings.accessKey, settings.secretKey);
        DefaultMQPushConsumer consumer =
                new DefaultMQPushConsumer(settings.applicationGroup("GID_Backend"), new AclClientRPCHook(keys));
        consumer.setNamesrvAddr(settings.nameServer);
        consumer.subscribe(settings.topic, "*");
        // Several threads call the listener. With a MessageListenerOrderly the order of each device is kept.
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            for (MessageExt message : messages) {
                if ("MQTT".equals(message.getUserProperty("MSG_S"))) { // the others came from server applications
                    print(message);
                    missing.countDown();
                }
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        System.out.println("ready");
        boolean complete = missing.await(Arguments.number(args, 1, 60), TimeUnit.SECONDS);
        consumer.shutdown();
        System.exit(complete ? 0 : 1);
    }

    private static void print(MessageExt message) {
        System.out.println("received from " + message.getUserProperty("clientId")
                + ", sub-topic " + message.getUserProperty("mqttSecondTopic")
                + ", QoS " + message.getUserProperty("qoslevel")
                + ": " + Settings.text(message.getBody()));
    }
}
