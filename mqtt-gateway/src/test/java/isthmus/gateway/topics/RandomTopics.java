package isthmus.gateway.topics;

import java.util.Random;

/** Topic Names and Topic Filters from few levels, so that they match often. */
public final class RandomTopics {
    private static final String[] LEVELS = {"", "a", "b", "aa", "A", "$x", "é", "气", "p2p", "long-level-name"};

    private final Random random;

    public RandomTopics(long seed) {
        this.random = new Random(seed);
    }

    public String topic() {
        String topic = levels(1 + random.nextInt(5), false);
        return topic.isEmpty() ? "/" : topic;
    }

    public String filter() {
        int depth = 1 + random.nextInt(5);
        boolean hash = random.nextInt(4) == 0;
        String filter = levels(depth, true) + (hash ? "/#" : "");
        return filter.isEmpty() ? (random.nextBoolean() ? "#" : "+") : filter;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    private String levels(int depth, boolean wildcards) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append(i == 0 ? "" : "/");
            boolean plus = wildcards && random.nextInt(3) == 0;
            text.append(plus ? "+" : LEVELS[random.nextInt(LEVELS.length)]);
        }
        return text.toString();
    }
}
