package isthmus.queue.api.admin;

import java.util.List;
import java.util.OptionalLong;

/**
 * Some of the messages that a query found, in log order.
 *
 * @param next the cursor that the next page is asked with; empty after the last page
 */
public record MessagePage(List<StoredMessage> messages, OptionalLong next) {
    /** The cursor of the first page. */
    public static final long FIRST = -1;

    public MessagePage {
        messages = List.copyOf(messages);
    }
}
