package isthmus.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A device that subscribes: {@code MqttReceiver [DEVICE_ID] [COUNT] [SECONDS]}. It prints what others send to
 * {@code TOPIC/demo} or to it alone (P2P); exit code 0 after COUNT messages, 1 when the time is over.
 */
public record MqttReceiver(CountDownLatch missing) implements MqttCallback {
    public static void main(String[] args) throws Exception {
        Settings settings = new Settings();
        String clientId = settings.clientId(Arguments.text(args, 0, "receiver"));
        CountDownLatch missing = new CountDownLatch(Arguments.number(args, 1, 10));

        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName(settings.accessKey);
        options.setPassword(Password.of(settings.groupId, settings.secretKey).toCharArray());
        // Messages wait for this device while it is away, and its subscriptions stay. The same value on every connect.
        options.setCleanSession(false);
        options.setAutomaticReconnect(true);

        String uri = "tcp://" + settings.host + ":" + settings.mqttPort;
        MqttClient client = new MqttClient(uri, clientId, new MemoryPersistence());
        client.setCallback(new MqttReceiver(missing)); // before connect: what has waited comes at once
        client.connect(options);
        client.subscribe(settings.topic + "/demo", 1); // P2P messages come without a subscription
        System.out.println("ready: " + clientId);
        boolean complete = missing.await(Arguments.number(args, 2, 60), TimeUnit.SECONDS);
        client.disconnect();
        client.close();
        System.exit(complete ? 0 : 1);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        System.out.println("received from " + topic + ": " + new String(message.getPayload(), UTF_8));
        missing.countDown();
    }

    @Override
    public void connectionLost(Throwable cause) {
        System.out.println("connection lost, trying again: " + cause.getMessage());
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
}
