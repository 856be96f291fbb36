package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.MessageTrace;
import isthmus.queue.api.admin.MessageTrace.Outcome;
import isthmus.queue.api.admin.MessageTrace.Received;
import isthmus.queue.api.admin.MessageTrace.Sent;
import isthmus.queue.api.admin.MessageTrace.State;
import isthmus.queue.api.admin.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.common.topic.TopicValidator;

/**
 * Puts the way of one message together from what clients wrote into the topics of traces. Used for one message by one
 * thread.
 */
final class Traces {
    private static final List<String> TOPICS =
            List.of(TopicValidator.RMQ_SYS_TRACE_TOPIC, EmbeddedOperations.ONS_TRACE_TOPIC);
    private static final List<String> KINDS = List.of("NORMAL", "TRANSACTION", "TRANSACTION", "DELAYED", "ORDERED");
    private static final List<String> RESULTS = List.of("SUCCESS", "TIME_OUT", "EXCEPTION", "RETURNNULL", "FAILED");

    private final KeyIndex index;
    private final List<Sent> sent = new ArrayList<>();
    private final List<Received> received = new ArrayList<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final List<Before> begun = new ArrayList<>();
    private final List<String> decisions = new ArrayList<>();

    Traces(KeyIndex index) {
        this.index = index;
    }

    /** @param inTopic whether the message is in its topic, and so neither waits to be due nor to be committed */
    MessageTrace of(String messageId, boolean inTopic) {
        for (String topic : TOPICS) {
            for (StoredMessage trace : index.find(topic, messageId, any -> true)) {
                String text = new String(trace.body().array(), StandardCharsets.UTF_8);
                for (TraceLine line : TraceLine.parse(text)) {
                    take(line, messageId, host(trace.bornHost()));
                }
            }
        }
        for (Before before : begun) {
            received.add(new Received(
                    before.group, before.client, before.atMillis, before.attempt, outcomes.get(before.requestId)));
        }
        sent.sort(Comparator.comparingLong(Sent::atMillis));
        received.sort(Comparator.comparingLong(Received::atMillis));
        return new MessageTrace(messageId, state(inTopic), sent, received);
    }

    private static String host(String address) {
        return address.substring(0, Math.max(0, address.lastIndexOf(':')));
    }

    private void take(TraceLine line, String messageId, String client) {
        switch (line.type()) {
            case "Pub" -> takeSent(line, messageId, client);
            case "SubBefore" -> takeBegun(line, messageId, client);
            case "SubAfter" -> takeOutcome(line, messageId);
            case "EndTransaction" -> takeDecision(line, messageId);
            default -> {
                // Recalls, and whatever comes with later versions.
            }
        }
    }

    private void takeSent(TraceLine line, String messageId, String client) {
        if (line.text(5).equals(messageId)) {
            sent.add(new Sent(
                    name(KINDS, line.number(11)),
                    line.text(4),
                    line.text(3),
                    client,
                    line.number(1),
                    line.number(10),
                    line.isTrue(line.fields().size() > 13 ? 13 : 12)));
        }
    }

    private void takeBegun(TraceLine line, String messageId, String client) {
        if (line.text(5).equals(messageId)) {
            begun.add(new Before(line.text(4), line.text(3), client, line.number(1), (int) line.number(6)));
        }
    }

    private void takeOutcome(TraceLine line, String messageId) {
        if (line.text(2).equals(messageId)) {
            boolean success = line.isTrue(4);
            // Older clients send no code.
            String result = line.text(6).isEmpty() ? (success ? "SUCCESS" : "FAILED") : name(RESULTS, line.number(6));
            outcomes.put(line.text(1), new Outcome(success, result, line.number(3)));
        }
    }

    private void takeDecision(TraceLine line, String messageId) {
        if (line.text(5).equals(messageId)) {
            decisions.add(line.text(11));
        }
    }

    private static String name(List<String> names, long index) {
        return index >= 0 && index < names.size() ? names.get((int) index) : "UNKNOWN";
    }

    private State state(boolean inTopic) {
        if (!received.isEmpty()) {
            return consumption();
        }
        if (sent.isEmpty()) {
            return State.UNKNOWN;
        }
        if (sent.stream().noneMatch(Sent::success)) {
            return State.SEND_FAILED;
        }
        if (inTopic) {
            return State.NOT_CONSUMED;
        }
        if (decisions.contains("ROLLBACK_MESSAGE")) {
            return State.ROLLED_BACK;
        }
        return switch (sent.get(0).kind()) {
            case "TRANSACTION" -> State.TRANSACTION_OPEN;
            case "DELAYED" -> State.DELAYED;
            default -> State.NOT_CONSUMED;
        };
    }

    private State consumption() {
        List<Outcome> known = new ArrayList<>();
        for (Received one : received) {
            Outcome outcome = one.outcome();
            if (outcome != null) {
                known.add(outcome);
            }
        }
        if (known.isEmpty()) {
            return State.OUTCOME_PENDING;
        }
        boolean some = known.stream().anyMatch(Outcome::success);
        boolean all = known.stream().allMatch(Outcome::success);
        if (all) {
            return known.size() < received.size() ? State.OUTCOME_PENDING : State.CONSUMED;
        }
        return some ? State.PARTLY_CONSUMED : State.FAILED;
    }

    /** What a consumer told before it consumed. */
    private record Before(String requestId, String group, String client, long atMillis, int attempt) {}
}
