package isthmus.conformance.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came out: counts, and each thing that is wrong in a sentence. One thread. */
final class Verdict {
    private static final int MOST_SHOWN = 15;

    private final String run;
    private final Map<String, Object> counts = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** @param run how to do the same again */
    Verdict(String run) {
        this.run = run;
    }

    void count(String what, Object number) {
        counts.put(what, number);
    }

    void fail(String sentence) {
        failures.add(sentence);
    }

    boolean isPass() {
        return failures.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Crash test: " + run + "\n");
        counts.forEach((what, number) -> text.append("  %-46s %s%n".formatted(what, number)));
        failures.stream()
                .limit(MOST_SHOWN)
                .forEach(failure -> text.append("  WRONG: ").append(failure).append('\n'));
        if (failures.size() > MOST_SHOWN) {
            text.append("  and ").append(failures.size() - MOST_SHOWN).append(" more\n");
        }
        return text.append(isPass() ? "PASS" : "FAIL: " + failures.size() + " things are wrong")
                .toString();
    }
}
