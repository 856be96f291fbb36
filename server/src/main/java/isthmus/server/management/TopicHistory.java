package isthmus.server.management;

import isthmus.gateway.routing.TopicCounts;
import isthmus.server.api.Problem;
import isthmus.server.operations.InstanceOperations.TopicActivity;
import isthmus.server.operations.InstanceOperations.TopicSample;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What single topics had in each of the last 15 minutes. Any thread. */
public final class TopicHistory {
    private static final int MINUTES = 15;
    /** A topic that somebody asked for is counted on for so long, though no message comes. */
    private static final Duration ASKED = Duration.ofHours(1);

    /** The minutes of one topic, in a ring: there may be thousands of topics. */
    private static final class Topic {
        private final TopicCounts.Count count;
        private final Instant since;
        private final long[] in = new long[MINUTES];
        private final long[] out = new long[MINUTES];
        private long inBefore;
        private long outBefore;
        private int minutes;
        private int quietMinutes;
        private Instant asked = Instant.MIN;

        private Topic(TopicCounts.Count count, Instant since) {
            this.count = count;
            this.since = since;
        }

        private void sample() {
            int place = minutes++ % MINUTES;
            long inNow = count.in();
            long outNow = count.out();
            in[place] = inNow - inBefore;
            out[place] = outNow - outBefore;
            quietMinutes = inNow == inBefore ? quietMinutes + 1 : 0;
            inBefore = inNow;
            outBefore = outNow;
        }

        /** @param ends of all minutes that are kept, the newest last */
        private List<TopicSample> history(List<Instant> ends) {
            List<TopicSample> samples = new ArrayList<>();
            int kept = Math.min(minutes, MINUTES);
            for (int i = 0; i < kept; i++) {
                int place = (minutes - kept + i) % MINUTES;
                samples.add(new TopicSample(ends.get(ends.size() - kept + i), in[place], out[place]));
            }
            return samples;
        }

        private boolean isOver(Instant now) {
            return quietMinutes >= MINUTES && asked.isBefore(now.minus(ASKED));
        }
    }

    private final TopicCounts counts;
    private final Clock clock;
    // guarded by this
    private final Map<String, Topic> topics = new HashMap<>();
    private final List<Instant> ends = new ArrayList<>();
    /** When the minute that is running began. */
    private Instant begun;

    public TopicHistory(TopicCounts counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** What the topic has had; it is counted from now on if it was not. */
    synchronized TopicActivity activity(String name) {
        Topic topic = topics.get(name);
        if (topic == null) {
            topic = find(name);
            topics.put(name, topic);
        }
        topic.asked = clock.instant();
        return new TopicActivity(name, topic.since, topic.count.in(), topic.count.out(), topic.history(ends));
    }

    private Topic find(String name) {
        TopicCounts.Count count = counts.find(name);
        if (count != null) {
            return new Topic(count, begun); // it was not there when the minute began
        }
        count = counts.begin(name);
        if (count == null) {
            throw Problem.of(503, "so many topics are counted already that no further one can be");
        }
        return new Topic(count, clock.instant());
    }

    /** Every minute. */
    public synchronized void sample() {
        counts.forEach((name, count) -> topics.computeIfAbsent(name, any -> new Topic(count, begun)));
        begun = clock.instant();
        ends.add(begun);
        if (ends.size() > MINUTES) {
            ends.remove(0);
        }
        topics.values().forEach(Topic::sample);
        topics.entrySet().removeIf(each -> {
            boolean over = each.getValue().isOver(begun);
            if (over) {
                counts.forget(each.getKey());
            }
            return over;
        });
    }
}
