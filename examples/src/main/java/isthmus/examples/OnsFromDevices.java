package isthmus.examples;

import com.aliyun.openservices.ons.api.Action;
import com.aliyun.openservices.ons.api.Consumer;
import com.aliyun.openservices.ons.api.ONSFactory;
import com.aliyun.openservices.ons.api.PropertyKeyConst;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server application that receives from devices with the ONS client: {@code OnsFromDevices [COUNT] [SECONDS]}. It
 * prints what devices publish under TOPIC; exit code 0 after COUNT messages, 1 when the time is over.
 */
public final class OnsFromDevices {
    private OnsFromDevices() {}

    public static void main(String[] args) throws InterruptedException {
        Settings settings = new Settings();
        CountDownLatch missing = new CountDownLatch(Arguments.number(args, 0, 10));

        Properties properties = new Properties();
        properties.setProperty(PropertyKeyConst.NAMESRV_ADDR, settings.nameServer);
        properties.setProperty(PropertyKeyConst.AccessKey, settings.accessKey);
        properties.setProperty(PropertyKeyConst.SecretKey, settings.secretKey);
        properties.setProperty(PropertyKeyConst.GROUP_ID, settings.applicationGroup("GID_Backend"));
        Consumer consumer = ONSFactory.createConsumer(properties);
        // Several threads call the listener. A message for which it does not return CommitMessage comes again.
        consumer.subscribe(settings.topic, "*", (message, context) -> {
            if ("MQTT".equals(message.getUserProperties("MSG_S"))) { // the others came from server applications
                System.out.println("received from " + message.getUserProperties(PropertyKeyConst.MqttClientId)
                        + ", sub-topic " + message.getUserProperties(PropertyKeyConst.MqttSecondTopic)
                        + ", QoS " + message.getUserProperties(PropertyKeyConst.MqttQOS)
                        + ": " + Settings.text(message.getBody()));
                missing.countDown();
            }
            return Action.CommitMessage;
        });
        consumer.start();
        System.out.println("ready");
        boolean complete = missing.await(Arguments.number(args, 1, 60), TimeUnit.SECONDS);
        consumer.shutdown();
        System.exit(complete ? 0 : 1);
    }
}
