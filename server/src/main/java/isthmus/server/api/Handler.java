package isthmus.server.api;

/** Carries an operation out. On a worker thread of the interface, which it may block for a while. */
@FunctionalInterface
public interface Handler<P extends Record, B extends Record, A> {
    /** @throws Problem when it cannot be done; nothing has changed then */
    A handle(Call<P, B> call);
}
