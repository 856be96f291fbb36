package isthmus.server.api.http;

import java.util.function.Supplier;

/**
 * A path beside the API that is read only and answers no JSON of ours, such as {@code /metrics}.
 *
 * @param open whether it may be read without a token
 * @param answer asked on a worker thread
 */
public record Plain(String path, boolean open, Supplier<Reply> answer) {
    /** What is answered. */
    public record Reply(int status, String mediaType, String content) {}
}
