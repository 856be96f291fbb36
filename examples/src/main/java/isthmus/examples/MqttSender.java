package isthmus.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A device that publishes: {@code MqttSender [DEVICE_ID] [COUNT] [TARGET_CLIENT_ID]}. Without a target the messages go
 * to everybody who subscribed {@code TOPIC/demo}; with one they go to that client alone (P2P).
 */
public final class MqttSender {
    private MqttSender() {}

    public static void main(String[] args) throws Exception {
        Settings settings = new Settings();
        String deviceId = Arguments.text(args, 0, "sender");
        int count = Arguments.number(args, 1, 10);
        String target = Arguments.text(args, 2, "");
        String topic = settings.topic + (target.isEmpty() ? "/demo" : "/p2p/" + target);

        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName(settings.accessKey);
        options.setPassword(Password.of(settings.groupId, settings.secretKey).toCharArray());
        options.setKeepAliveInterval(60);

        String uri = "tcp://" + settings.host + ":" + settings.mqttPort;
        try (MqttClient client = new MqttClient(uri, settings.clientId(deviceId), new MemoryPersistence())) {
            client.connect(options);
            for (int i = 1; i <= count; i++) {
                String text = "message " + i + " from " + deviceId;
                // QoS 1: publish returns when the server has stored the message.
                client.publish(topic, text.getBytes(UTF_8), 1, false);
                System.out.println("sent to " + topic + ": " + text);
            }
            client.disconnect();
        }
    }
}
