package isthmus.conformance.bench;

import java.util.List;

/** One thing that is measured, on servers of its own. */
interface Scenario {
    /** What a person writes to choose it. */
    String name();

    /** What it measures, in a line. */
    String summary();

    /** Measures; takes as long as it takes. */
    List<Figure> run();
}
