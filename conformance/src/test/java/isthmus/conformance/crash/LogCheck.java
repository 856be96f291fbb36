package isthmus.conformance.crash;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the log must be: every acknowledged message in it, none too often, each publisher's in order, nothing else. */
final class LogCheck {
    private final Ledger ledger;
    private final List<LogEntry> log;
    private final Verdict verdict;

    LogCheck(Ledger ledger, List<LogEntry> log, Verdict verdict) {
        this.ledger = ledger;
        this.log = log;
        this.verdict = verdict;
    }

    void run() {
        Map<String, Integer> copies = new HashMap<>();
        Map<String, Sent> newest = new HashMap<>();
        for (LogEntry entry : log) {
            Sent sent = ledger.find(entry.name());
            if (sent == null) {
                verdict.fail("the log has " + entry.name() + " on " + entry.topic() + ", which was never sent");
                continue;
            }
            if (!sent.payload().equals(entry.payload())
                    || !sent.topic().equals(entry.topic())
                    || sent.qos() != entry.qos()) {
                verdict.fail(
                        "the log has " + entry.name() + " with another topic, payload or QoS than it was sent with");
            }
            if (copies.merge(entry.name(), 1, Integer::sum) == 1) {
                Sent before = newest.put(sent.publisher(), sent);
                if (before != null && before.number() > sent.number()) {
                    verdict.fail("the log has " + sent.name() + " behind " + before.name());
                }
            }
        }
        count(copies);
    }

    private void count(Map<String, Integer> copies) {
        int acknowledged = 0;
        int lost = 0;
        int repeated = 0;
        int tooMany = 0;
        int unacknowledged = 0;
        for (Sent sent : ledger.all()) {
            int times = copies.getOrDefault(sent.name(), 0);
            acknowledged += sent.isAcknowledged() ? 1 : 0;
            unacknowledged += !sent.isAcknowledged() && times > 0 ? 1 : 0;
            repeated += times > 1 ? times - 1 : 0;
            if (sent.isAcknowledged() && times == 0) {
                lost++;
                verdict.fail(describe(sent) + " was acknowledged and is not in the log");
            } else if (times > sent.mostInLog()) {
                tooMany++;
                verdict.fail(describe(sent) + " is in the log " + times + " times");
            }
        }
        verdict.count("sent", ledger.all().size());
        verdict.count("acknowledged", acknowledged);
        verdict.count("in the log, of them without an acknowledgement", copies.size() + ", " + unacknowledged);
        verdict.count("QoS 1 repeated by the client after a kill", repeated - tooMany);
        verdict.count("acknowledged and lost", lost);
        verdict.count("in the log too often", tooMany);
    }

    private static String describe(Sent sent) {
        return "%s (QoS %d, %s, sent %d times)".formatted(sent.name(), sent.qos(), sent.topic(), sent.attempts());
    }
}
