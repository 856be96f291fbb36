package isthmus.server.api;

/** The parameters, the body or the answer of an operation that has none. */
public record None() {
    public static final None NONE = new None();
}
