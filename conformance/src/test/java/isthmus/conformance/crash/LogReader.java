package isthmus.conformance.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import isthmus.conformance.fixture.TestServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** Reads a whole topic, from its beginning, as a server application can. */
@SuppressWarnings("deprecation") // the newer pull client hides the offsets
final class LogReader {
    private LogReader() {}

    /** All messages of the parent topic in the order in which they were stored. */
    static List<LogEntry> read(String nameServer) throws Exception {
        return read(nameServer, Traffic.PARENT, LogReader::entry);
    }

    /** All events of a group's devices in the order in which they were stored. */
    static List<ClientEvent> readEvents(String nameServer, String group) throws Exception {
        return read(nameServer, group + "_MQTT", ClientEvent::of);
    }

    private static <T> List<T> read(String nameServer, String topic, Function<MessageExt, T> entry) throws Exception {
        DefaultMQPullConsumer consumer = new DefaultMQPullConsumer(
                "GID_Reader",
                new AclClientRPCHook(new SessionCredentials(TestServer.ACCESS_KEY, TestServer.SECRET_KEY)));
        consumer.setNamesrvAddr(nameServer);
        consumer.setInstanceName(UUID.randomUUID().toString()); // one that came too late may still be reading
        consumer.start();
        try {
            List<MessageExt> messages = new ArrayList<>();
            for (MessageQueue queue : consumer.fetchSubscribeMessageQueues(topic)) {
                read(consumer, queue, messages);
            }
            messages.sort(Comparator.comparingLong(MessageExt::getCommitLogOffset));
            return messages.stream().map(entry).toList();
        } finally {
            consumer.shutdown();
        }
    }

    private static void read(DefaultMQPullConsumer consumer, MessageQueue queue, List<MessageExt> messages)
            throws Exception {
        long end = consumer.maxOffset(queue);
        for (long next = consumer.minOffset(queue); next < end; ) {
            PullResult pulled = consumer.pull(queue, "*", next, 32);
            if (pulled.getPullStatus() == PullStatus.FOUND) {
                messages.addAll(pulled.getMsgFoundList());
            }
            if (pulled.getNextBeginOffset() <= next) {
                throw new IllegalStateException("reading " + queue + " stops at " + next + ": " + pulled);
            }
            next = pulled.getNextBeginOffset();
        }
    }

    private static LogEntry entry(MessageExt message) {
        byte[] body = message.getBody();
        return LogEntry.of(
                message.getCommitLogOffset(), message.getProperties(), body == null ? "" : new String(body, UTF_8));
    }
}
