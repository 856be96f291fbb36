package isthmus.server.api;

/** An operation and who carries it out. */
public record Route<P extends Record, B extends Record, A>(Operation<P, B, A> operation, Handler<P, B, A> handler) {
    public static <P extends Record, B extends Record, A> Route<P, B, A> of(
            Operation<P, B, A> operation, Handler<P, B, A> handler) {
        return new Route<>(operation, handler);
    }
}
