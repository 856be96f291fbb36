package isthmus.queue.api.admin;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A topic to copy.
 *
 * @param name 1 to 64 characters out of {@code A-Z a-z 0-9 _ -}
 * @param topic the topic to copy from
 * @param tags {@code *}, or tags joined by {@code ||}
 * @param targetNameServer name servers of the target, {@code host:port}, several separated by {@code ;}
 * @param targetTopic an existing topic there
 * @param accessKey an account of the target that may publish, or null without access control
 * @param secretKey its secret key; never shown and never logged
 * @param description for people
 */
public record RouteDefinition(
        String name,
        String topic,
        String tags,
        String targetNameServer,
        String targetTopic,
        @Nullable String accessKey,
        @Nullable String secretKey,
        String description) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SERVER = Pattern.compile("[^;:\\s]+:(\\d{1,5})");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_DESCRIPTION = 256;

    /** @throws OperationException that names the field */
    public RouteDefinition {
        require(NAME.matcher(name).matches(), "name", name, "1 to 64 characters out of A-Z a-z 0-9 _ -");
        require(!tags.isBlank(), "tags", tags, "* or tags joined by ||");
        require(
                Arrays.stream(targetNameServer.split(";", -1)).allMatch(RouteDefinition::isServer),
                "targetNameServer",
                targetNameServer,
                "host:port, several separated by ;");
        require(NAME.matcher(targetTopic).matches(), "targetTopic", targetTopic, "the name of a topic");
        require((accessKey == null) == (secretKey == null), "accessKey", "one of two", "both keys or none");
        require(description.length() <= MAX_DESCRIPTION, "description", "too long", "at most 256 characters");
    }

    private static boolean isServer(String address) {
        Matcher server = SERVER.matcher(address);
        if (!server.matches()) {
            return false;
        }
        int port = Integer.parseInt(server.group(1));
        return port > 0 && port <= MAX_PORT;
    }

    private static void require(boolean valid, String field, String value, String expected) {
        if (!valid) {
            throw OperationException.invalid(field, value, expected);
        }
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "RouteDefinition[" + name + ": " + topic + " (" + tags + ") to " + targetTopic + " at "
                + targetNameServer + "]";
    }
}
