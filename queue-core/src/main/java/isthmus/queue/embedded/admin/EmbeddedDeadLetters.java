package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.DeadLetters;
import isthmus.queue.api.admin.MessagePage;
import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.ResendJob;
import isthmus.queue.api.admin.StoredMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.message.MessageConst;

/** {@link DeadLetters} of the embedded broker: the topics {@code %DLQ%<group>}. */
final class EmbeddedDeadLetters implements DeadLetters {
    private static final int PAGE = 100;

    private final BrokerTables tables;
    private final TopicReader reader;
    private final MessageLookup lookup;
    private final LetterResend resend;
    private final Resends jobs;

    EmbeddedDeadLetters(
            BrokerTables tables, TopicReader reader, MessageLookup lookup, LetterResend resend, Resends jobs) {
        this.tables = tables;
        this.reader = reader;
        this.lookup = lookup;
        this.resend = resend;
        this.jobs = jobs;
    }

    @Override
    public MessagePage query(String group, long fromMillis, long toMillis, long cursor, int limit) {
        EmbeddedMessages.requirePage(fromMillis, toMillis, limit);
        return reader.page(topic(group), fromMillis, toMillis, cursor, limit);
    }

    /** A topic that does not exist before the first dead letter: then it reads as empty. */
    private String topic(String group) {
        tables.requireGroup(group);
        return MixAll.getDLQTopic(group);
    }

    @Override
    public Optional<StoredMessage> byId(String group, String id) {
        return lookup.find(topic(group), id);
    }

    @Override
    public long export(String group, long fromMillis, long toMillis, Appendable csv) throws IOException {
        EmbeddedMessages.requirePage(fromMillis, toMillis, PAGE);
        String topic = topic(group);
        DeadLetterCsv file = new DeadLetterCsv(csv);
        long written = 0;
        OptionalLong cursor = OptionalLong.of(MessagePage.FIRST);
        while (cursor.isPresent() && written < MAX_BATCH) {
            int limit = (int) Math.min(PAGE, MAX_BATCH - written);
            MessagePage page = reader.page(topic, fromMillis, toMillis, cursor.getAsLong(), limit);
            for (StoredMessage letter : page.messages()) {
                file.write(sentTo(letter), letter);
                written++;
            }
            cursor = page.next();
        }
        return written;
    }

    @Override
    public long export(String group, List<String> ids, Appendable csv) throws IOException {
        requireAll(group, ids);
        DeadLetterCsv file = new DeadLetterCsv(csv);
        for (String id : ids) {
            StoredMessage letter = one(group, id);
            file.write(sentTo(letter), letter);
        }
        return ids.size();
    }

    private static String sentTo(StoredMessage letter) {
        return letter.properties().getOrDefault(MessageConst.PROPERTY_RETRY_TOPIC, letter.topic());
    }

    @Override
    public void resend(String group, String id) {
        resend.resend(group, one(group, id));
    }

    @Override
    public ResendJob resendAll(String group, long fromMillis, long toMillis) {
        EmbeddedMessages.requirePage(fromMillis, toMillis, PAGE);
        String topic = topic(group);
        // What fails again meanwhile and becomes a dead letter once more is not resent by the same job.
        long until = Math.min(toMillis, System.currentTimeMillis());
        return jobs.begin(group, 0, job -> resendPages(group, topic, fromMillis, until, job));
    }

    private void resendPages(String group, String topic, long fromMillis, long toMillis, RunningResend job) {
        OptionalLong cursor = OptionalLong.of(MessagePage.FIRST);
        while (cursor.isPresent()) {
            MessagePage page = reader.page(topic, fromMillis, toMillis, cursor.getAsLong(), PAGE);
            for (StoredMessage letter : page.messages()) {
                if (!job.goesOn() || job.sent() >= MAX_BATCH) {
                    return;
                }
                resend.resend(group, letter);
                job.sentOne();
            }
            cursor = page.next();
        }
    }

    @Override
    public ResendJob resendAll(String group, List<String> ids) {
        requireAll(group, ids);
        List<String> chosen = List.copyOf(ids);
        return jobs.begin(group, chosen.size(), job -> {
            for (String id : chosen) {
                if (!job.goesOn()) {
                    return;
                }
                resend.resend(group, one(group, id));
                job.sentOne();
            }
        });
    }

    /** So that a wrong id is refused before anything is done. They are read again then: no bodies are held. */
    private void requireAll(String group, List<String> ids) {
        if (ids.size() > MAX_CHOSEN) {
            throw OperationException.invalid(
                    "ids", ids.size() + " of them", "at most " + MAX_CHOSEN + "; name a period instead");
        }
        for (String id : ids) {
            one(group, id);
        }
    }

    private StoredMessage one(String group, String id) {
        String topic = topic(group);
        return lookup.find(topic, id).orElseThrow(() -> Refusals.noMessage(topic, id));
    }

    @Override
    public Optional<ResendJob> job(String jobId) {
        return jobs.status(jobId);
    }

    @Override
    public void cancel(String jobId) {
        jobs.cancel(jobId);
    }
}
