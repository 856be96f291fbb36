package isthmus.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.aliyun.openservices.ons.api.Message;
import com.aliyun.openservices.ons.api.ONSFactory;
import com.aliyun.openservices.ons.api.Producer;
import com.aliyun.openservices.ons.api.PropertyKeyConst;
import com.aliyun.openservices.ons.api.SendResult;
import java.util.Properties;

/**
 * A server application that sends to devices with the ONS client: {@code OnsToDevices [COUNT] [TARGET_CLIENT_ID]}.
 * Without a target the messages go to the subscribers of {@code TOPIC/demo}; with one to that device alone (P2P).
 */
public final class OnsToDevices {
    private OnsToDevices() {}

    public static void main(String[] args) {
        Settings settings = new Settings();
        int count = Arguments.number(args, 0, 10);
        String target = Arguments.text(args, 1, "");

        Properties properties = new Properties();
        properties.setProperty(PropertyKeyConst.NAMESRV_ADDR, settings.nameServer);
        properties.setProperty(PropertyKeyConst.AccessKey, settings.accessKey);
        properties.setProperty(PropertyKeyConst.SecretKey, settings.secretKey);
        properties.setProperty(PropertyKeyConst.GROUP_ID, settings.applicationGroup("GID_Backend"));
        Producer producer = ONSFactory.createProducer(properties);
        producer.start();
        try {
            for (int i = 1; i <= count; i++) {
                String text = "message " + i + " from the server application";
                // Without the tag MQ2MQTT no device receives the message.
                Message message = new Message(settings.topic, "MQ2MQTT", text.getBytes(UTF_8));
                message.putUserProperties("qoslevel", "1");
                if (target.isEmpty()) {
                    message.putUserProperties(PropertyKeyConst.MqttSecondTopic, "/demo");
                } else {
                    message.putUserProperties(PropertyKeyConst.MqttSecondTopic, "/p2p/" + target);
                    // An absent device finds it when it comes back.
                    message.putUserProperties("cleansessionflag", "false");
                }
                SendResult result = producer.send(message);
                System.out.println("sent " + result.getMessageId() + ": " + text);
            }
        } finally {
            producer.shutdown();
        }
    }
}
