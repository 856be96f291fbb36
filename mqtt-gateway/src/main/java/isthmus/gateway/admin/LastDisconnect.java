package isthmus.gateway.admin;

/**
 * How a Client's last connection ended.
 *
 * @param atMillis milliseconds since the epoch
 * @param reason a word of a closed vocabulary, such as {@code keep_alive_timeout}
 * @param text the same as a sentence
 */
public record LastDisconnect(long atMillis, String reason, String text, String address) {}
