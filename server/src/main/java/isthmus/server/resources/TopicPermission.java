package isthmus.server.resources;

/** What may be done with a topic at all, whoever does it. */
public enum TopicPermission {
    READ_WRITE,
    READ_ONLY,
    WRITE_ONLY;

    public boolean isReadable() {
        return this != WRITE_ONLY;
    }

    public boolean isWritable() {
        return this != READ_ONLY;
    }
}
