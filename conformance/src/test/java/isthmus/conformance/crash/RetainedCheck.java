package isthmus.conformance.crash;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The retained message of each topic is the last that the log has for it, and none where the last one is empty. */
final class RetainedCheck {
    private final List<LogEntry> log;
    private final Verdict verdict;

    RetainedCheck(List<LogEntry> log, Verdict verdict) {
        this.log = log;
        this.verdict = verdict;
    }

    /** @param reader subscribed when everything had been published */
    void run(Device reader) {
        Map<String, String> expected = new HashMap<>();
        for (LogEntry entry : log) {
            if (entry.retain() && entry.payload().isEmpty()) {
                expected.remove(entry.topic());
            } else if (entry.retain()) {
                expected.put(entry.topic(), entry.name());
            }
        }
        Map<String, String> found = new HashMap<>();
        for (Delivery delivery : reader.intake().deliveries()) {
            if (delivery.retain() && found.put(delivery.topic(), delivery.name()) != null) {
                verdict.fail("the retained message of " + delivery.topic() + " came twice");
            }
        }
        TreeSet<String> topics = new TreeSet<>(expected.keySet());
        topics.addAll(found.keySet());
        int wrong = 0;
        for (String topic : topics) {
            if (!expected.getOrDefault(topic, "none").equals(found.getOrDefault(topic, "none"))) {
                wrong++;
                verdict.fail("the retained message of " + topic + " is " + found.getOrDefault(topic, "none")
                        + ", and must be " + expected.getOrDefault(topic, "none"));
            }
        }
        verdict.count("retained messages, of them wrong", topics.size() + ", " + wrong);
    }
}
