package isthmus.gateway.transport;

/**
 * What a Client did that is not TLS or WebSocket as it has to be: most often it has the wrong port, path or CA, and
 * never gets in; a broken record or frame ends one that is in. A connection that is lost, or too slow, is none. It goes
 * through the pipeline to the connection, which says so and ends. The Client's fault and not a bug of ours, so there is
 * no stack trace.
 */
public final class TransportFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String sentence;

    /** @param sentence what the Client did, for whoever looks for the reason */
    TransportFailure(String sentence) {
        super(sentence, null, false, false);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
