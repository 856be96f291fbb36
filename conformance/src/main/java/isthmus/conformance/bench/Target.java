package isthmus.conformance.bench;

/** Something that can be measured again and again. */
interface Target {
    String name();

    /** A server to put load on: a new one, or one that runs anyway. */
    MeasuredServer open();
}
