package isthmus.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * A server application that knows which devices are online, with the RocketMQ client: {@code RocketMqPresence [CHANGES]
 * [SECONDS]}. Exit code 0 after that many changes of the list, 1 when the time is over.
 */
public final class RocketMqPresence {
    private RocketMqPresence() {}

    public static void main(String[] args) throws Exception {
        Settings settings = new Settings();
        CountDownLatch missing = new CountDownLatch(Arguments.number(args, 0, 10));
        OnlineDevices devices = new OnlineDevices();

        SessionCredentials keys = new SessionCredentials(settings.accessKey, settings.secretKey);
        DefaultMQPushConsumer consumer =
                new DefaultMQPushConsumer(settings.applicationGroup("GID_Presence"), new AclClientRPCHook(keys));
        consumer.setNamesrvAddr(settings.nameServer);
        // "tcpclean" always comes at the end of a connection; "disconnect" only if the device said goodbye.
        consumer.subscribe(settings.groupId + "_MQTT", "connect||tcpclean");
        consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
            for (MessageExt message : messages) {
                PresenceEvent event = PresenceEvent.parse(message.getBody());
                if (devices.accept(event)) {
                    String state = devices.isOnline(event.clientId()) ? " is online" : " is offline";
                    System.out.println(event.clientId() + state + ", online now: " + devices.online());
                    missing.countDown();
                }
            }
            return ConsumeOrderlyStatus.SUCCESS;
        });
        consumer.start();
        System.out.println("ready");
        boolean complete = missing.await(Arguments.number(args, 1, 60), TimeUnit.SECONDS);
        consumer.shutdown();
        System.exit(complete ? 0 : 1);
    }
}
