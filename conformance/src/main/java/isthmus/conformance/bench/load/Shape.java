package isthmus.conformance.bench.load;

/**
 * Who sends to whom. Publisher <i>p</i> sends to the topics whose number is <i>p</i> modulo the number of publishers, one
 * after the other. Where there are as many topics as subscribers or more, subscriber <i>s</i> receives the topics whose
 * number is <i>s</i> modulo the number of subscribers; where there are fewer, several subscribers share a topic.
 *
 * @param subscribers how many receive; none of them is a client of the load when {@code byApplication}
 * @param byApplication whether the one subscriber is something else than an MQTT client, which hands its messages to
 *     {@link MessageLoad#received}
 */
public record Shape(int publishers, int topics, int subscribers, boolean byApplication) {
    public Shape {
        if (publishers < 1 || topics < publishers || subscribers < 1 || (byApplication && subscribers > 1)) {
            throw new IllegalArgumentException("nobody would send or receive");
        }
        if ((topics % subscribers != 0 && subscribers % topics != 0) || topics % publishers != 0) {
            throw new IllegalArgumentException("some would have more to do than others");
        }
    }

    /** Each with a topic of its own. */
    public static Shape pairs(int pairs) {
        return new Shape(pairs, pairs, pairs, false);
    }

    /** Pairs that share so many topics evenly; each subscriber has a subscription to each topic of its publisher. */
    public static Shape pairsWithTopics(int pairs, int topics) {
        return new Shape(pairs, topics, pairs, false);
    }

    /** Many publishers, each with a topic of its own, and one subscriber to all of them. */
    public static Shape fanIn(int publishers) {
        return new Shape(publishers, publishers, 1, false);
    }

    /** Many publishers, and something else than an MQTT client that receives everything. */
    public static Shape fanInToApplication(int publishers) {
        return new Shape(publishers, publishers, 1, true);
    }

    /** One publisher with one topic, and many subscribers to it. */
    public static Shape fanOut(int subscribers) {
        return new Shape(1, 1, subscribers, false);
    }

    /** How often each message is delivered. */
    int copies() {
        return Math.max(1, subscribers / topics);
    }

    /** How many topics each publisher sends to. */
    int topicsOfPublisher() {
        return topics / publishers;
    }

    /** How many topics each subscriber receives. */
    int topicsOfSubscriber() {
        return Math.max(1, topics / subscribers);
    }

    /** The number of one of the topics that a subscriber receives. */
    int topicOfSubscriber(int subscriber, int index) {
        return subscriber % distinctSubscribers() + index * distinctSubscribers();
    }

    /** Where a topic is among those of its subscribers. */
    int indexOfTopic(int topic) {
        return topic / distinctSubscribers();
    }

    boolean isFor(int subscriber, int topic) {
        return topic >= 0 && topic < topics && topic % distinctSubscribers() == subscriber % distinctSubscribers();
    }

    int publisherOf(int topic) {
        return topic % publishers;
    }

    private int distinctSubscribers() {
        return Math.min(topics, subscribers);
    }
}
