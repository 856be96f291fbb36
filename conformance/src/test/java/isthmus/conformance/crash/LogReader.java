package isthmus.conformance.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import isthmus.conformance.fixture.TestServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** Reads the whole topic, from its beginning, as a server application can. */
@SuppressWarnings("deprecation") // the newer pull client hides the offsets
final class LogReader {
    private LogReader() {}

    /** All records in the order in which they were stored. */
    static List<LogEntry> read(String nameServer) throws Exception {
        DefaultMQPullConsumer consumer = new DefaultMQPullConsumer(
                "GID_Reader",
                new AclClientRPCHook(new SessionCredentials(TestServer.ACCESS_KEY, TestServer.SECRET_KEY)));
        consumer.setNamesrvAddr(nameServer);
        consumer.setInstanceName("reader of " + nameServer);
        consumer.start();
        try {
            List<LogEntry> entries = new ArrayList<>();
            for (MessageQueue queue : consumer.fetchSubscribeMessageQueues(Traffic.PARENT)) {
                read(consumer, queue, entries);
            }
            entries.sort(Comparator.comparingLong(LogEntry::position));
            return entries;
        } finally {
            consumer.shutdown();
        }
    }

    private static void read(DefaultMQPullConsumer consumer, MessageQueue queue, List<LogEntry> entries)
            throws Exception {
        long end = consumer.maxOffset(queue);
        for (long next = consumer.minOffset(queue); next < end; ) {
            PullResult pulled = consumer.pull(queue, "*", next, 32);
            if (pulled.getPullStatus() == PullStatus.FOUND) {
                pulled.getMsgFoundList().forEach(message -> entries.add(entry(message)));
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
