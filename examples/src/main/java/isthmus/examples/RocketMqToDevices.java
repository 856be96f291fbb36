package isthmus.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;

/**
 * A server application that sends to devices with the RocketMQ client: {@code RocketMqToDevices [COUNT]
 * [TARGET_CLIENT_ID]}. Without a target the messages go to the subscribers of {@code TOPIC/demo}; with one to that
 * device alone (P2P).
 */
public final class RocketMqToDevices {
    private RocketMqToDevices() {}

    public static void main(String[] args) throws Exception {
        Settings settings = new Settings();
        int count = Arguments.number(args, 0, 10);
        String target = Arguments.text(args, 1, "");

        SessionCredentials keys = new SessionCredentials(settings.accessKey, settings.secretKey);
        DefaultMQProducer producer =
                new DefaultMQProducer(settings.applicationGroup("GID_Backend"), new AclClientRPCHook(keys));
        producer.setNamesrvAddr(settings.nameServer);
        producer.start();
        try {
            for (int i = 1; i <= count; i++) {
                String text = "message " + i + " from the server application";
                // Without the tag MQ2MQTT no device receives the message.
                Message message = new Message(settings.topic, "MQ2MQTT", text.getBytes(UTF_8));
                message.putUserProperty("qoslevel", "1");
                if (target.isEmpty()) {
                    message.putUserProperty("mqttSecondTopic", "/demo");
                } else {
                    message.putUserProperty("mqttSecondTopic", "/p2p/" + target);
                    // An absent device finds it when it comes back.
                    message.putUserProperty("cleansessionflag", "false");
                }
                SendResult result = producer.send(message);
                System.out.println("sent " + result.getMsgId() + ": " + text);
            }
        } finally {
            producer.shutdown();
        }
    }
}
