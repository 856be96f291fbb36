package isthmus.server.api;

/** The HTTP methods of operations. All but POST may be repeated without doing anything twice. */
public enum Verb {
    GET,
    PUT,
    POST,
    DELETE;

    /** Whether it changes something, and so is written into the audit log. */
    public boolean writes() {
        return this != GET;
    }
}
