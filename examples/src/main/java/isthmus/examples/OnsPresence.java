package isthmus.examples;

import com.aliyun.openservices.ons.api.Action;
import com.aliyun.openservices.ons.api.Consumer;
import com.aliyun.openservices.ons.api.ONSFactory;
import com.aliyun.openservices.ons.api.PropertyKeyConst;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server application that knows which devices are online, with the ONS client: {@code OnsPresence [CHANGES]
 * [SECONDS]}. Exit code 0 after that many changes of the list, 1 when the time is over.
 */
public final class OnsPresence {
    private OnsPresence() {}

    public static void main(String[] args) throws InterruptedException {
        Settings settings = new Settings();
        CountDownLatch missing = new CountDownLatch(Arguments.number(args, 0, 10));
        OnlineDevices devices = new OnlineDevices();

        Properties properties = new Properties();
        properties.setProperty(PropertyKeyConst.NAMESRV_ADDR, settings.nameServer);
        properties.setProperty(PropertyKeyConst.AccessKey, settings.accessKey);
        properties.setProperty(PropertyKeyConst.SecretKey, settings.secretKey);
        properties.setProperty(PropertyKeyConst.GROUP_ID, settings.applicationGroup("GID_Presence"));
        Consumer consumer = ONSFactory.createConsumer(properties);
        // "tcpclean" always comes at the end of a connection; "disconnect" only if the device said goodbye.
        consumer.subscribe(settings.groupId + "_MQTT", "connect||tcpclean", (message, context) -> {
            PresenceEvent event = PresenceEvent.parse(message.getBody());
            if (devices.accept(event)) {
                System.out.println(
                        event.clientId() + (devices.isOnline(event.clientId()) ? " is online" : " is offline")
                                + ", online now: " + devices.online());
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
