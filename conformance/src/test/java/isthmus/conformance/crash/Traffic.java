package isthmus.conformance.crash;

import java.util.List;
import java.util.Random;

/**
 * What a publisher publishes: ordinary messages, P2P messages, retained ones and now and then the clearing of one, with QoS 1
 * and 2; all of it decided by the seed. One thread.
 */
final class Traffic {
    static final String PARENT = "Crash";

    /** Retained messages of a publisher that share a topic. Only the last of them may be empty, see {@link Sent}. */
    private static final int RETAINED_PER_TOPIC = 6;

    private final Ledger ledger;
    private final String publisher;
    private final boolean keep;
    private final List<String> targets;
    private final Random random;
    private int number;
    private int retained;

    /**
     * Traffic of one publisher.
     *
     * @param keep whether P2P messages wait for an absent target
     * @param targets Client Identifiers that P2P messages go to
     */
    Traffic(Ledger ledger, String publisher, boolean keep, List<String> targets, long seed) {
        this.ledger = ledger;
        this.publisher = publisher;
        this.keep = keep;
        this.targets = targets;
        this.random = new Random(seed * 31 + publisher.hashCode());
    }

    String publisher() {
        return publisher;
    }

    Sent next() {
        int kind = random.nextInt(100);
        int qos = 1 + random.nextInt(2);
        int filler = random.nextInt(50) == 0 ? 3000 : random.nextInt(100);
        if (kind < 20) {
            return message(p2p(targets.get(random.nextInt(targets.size()))), qos, false, filler);
        }
        if (kind < 32) {
            int round = retained++;
            String topic = PARENT + "/r/" + publisher + "/" + round / RETAINED_PER_TOPIC;
            boolean last = round % RETAINED_PER_TOPIC == RETAINED_PER_TOPIC - 1;
            return message(topic, qos, true, last && random.nextBoolean() ? -1 : filler);
        }
        if (kind < 45) {
            return message(PARENT + "/s/" + random.nextInt(5), qos, false, filler);
        }
        return message(PARENT + "/t/" + publisher + "/" + random.nextInt(3), qos, false, filler);
    }

    Sent message(String topic, int qos, boolean retain, int filler) {
        return ledger.enter(new Sent(publisher, number++, topic, qos, retain, keep, filler));
    }

    static String p2p(String clientId) {
        return PARENT + "/p2p/" + clientId;
    }
}
