package isthmus.queue.embedded;

import com.aliyun.openservices.ons.api.Action;
import com.aliyun.openservices.ons.api.Consumer;
import com.aliyun.openservices.ons.api.Message;
import com.aliyun.openservices.ons.api.ONSFactory;
import com.aliyun.openservices.ons.api.Producer;
import com.aliyun.openservices.ons.api.PropertyKeyConst;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program: an application of ONS that sends messages to itself until one arrives, prints its id, and ends. In a process
 * of its own, because the client has one sender of traces per process, which does not start again once it was stopped.
 */
final class OnsExchange {
    private OnsExchange() {}

    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        properties.setProperty(PropertyKeyConst.NAMESRV_ADDR, arguments[0]);
        properties.setProperty(PropertyKeyConst.AccessKey, arguments[1]);
        properties.setProperty(PropertyKeyConst.SecretKey, arguments[2]);
        properties.setProperty(PropertyKeyConst.GROUP_ID, arguments[4]);
        String topic = arguments[3];
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        Consumer consumer = ONSFactory.createConsumer(properties);
        consumer.subscribe(topic, "*", (message, context) -> {
            received.add(message.getMsgID());
            return Action.CommitMessage;
        });
        consumer.start();
        Producer producer = ONSFactory.createProducer(properties);
        producer.start();
        @Nullable String id = null;
        for (int i = 0; i < 100 && id == null; i++) {
            producer.send(new Message(topic, "t", "follow me".getBytes(StandardCharsets.UTF_8)));
            id = received.poll(500, TimeUnit.MILLISECONDS);
        }
        System.out.println("RECEIVED=" + id);
        // Sends the traces that wait.
        producer.shutdown();
        consumer.shutdown();
        System.exit(0);
    }
}
