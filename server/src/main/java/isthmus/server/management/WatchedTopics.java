package isthmus.server.management;

import isthmus.gateway.routing.TopicWatch;
import isthmus.server.api.Problem;
import isthmus.server.operations.InstanceOperations.TopicActivity;
import isthmus.server.operations.InstanceOperations.TopicSample;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The topics that somebody asked for lately, a sample a minute each. Any thread. */
public final class WatchedTopics {
    private static final int MINUTES = 15;
    private static final Duration KEPT = Duration.ofHours(1);

    private static final class Topic {
        private final TopicWatch.Count count;
        private final Instant since;
        private final Deque<TopicSample> samples = new ArrayDeque<>();
        private Instant asked;
        private long in;
        private long out;

        private Topic(TopicWatch.Count count, Instant since) {
            this.count = count;
            this.since = since;
            this.asked = since;
        }

        private void sample(Instant time) {
            samples.addLast(new TopicSample(time, count.in() - in, count.out() - out));
            if (samples.size() > MINUTES) {
                samples.removeFirst();
            }
            in = count.in();
            out = count.out();
        }
    }

    private final TopicWatch watch;
    private final Clock clock;
    private final Map<String, Topic> topics = new HashMap<>(); // guarded by this

    public WatchedTopics(TopicWatch watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
    }

    /** What the topic has had; it is watched from now on if it was not. */
    synchronized TopicActivity activity(String name) {
        Topic topic = topics.get(name);
        if (topic == null) {
            TopicWatch.Count count = watch.watch(name);
            if (count == null) {
                throw Problem.of(503, "so many topics are watched already that no further one can be");
            }
            topic = new Topic(count, clock.instant());
            topics.put(name, topic);
        }
        topic.asked = clock.instant();
        return new TopicActivity(name, topic.since, topic.count.in(), topic.count.out(), List.copyOf(topic.samples));
    }

    /** Every minute. */
    public synchronized void sample() {
        Instant now = clock.instant();
        for (Iterator<Map.Entry<String, Topic>> all = topics.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Topic> each = all.next();
            each.getValue().sample(now);
            if (each.getValue().asked.isBefore(now.minus(KEPT))) {
                watch.unwatch(each.getKey());
                all.remove();
            }
        }
    }
}
