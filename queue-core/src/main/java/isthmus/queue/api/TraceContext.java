package isthmus.queue.api;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace to which a message belongs, in the form of the W3C Trace Context (https://www.w3.org/TR/trace-context/). In the log
 * it is two properties with the names of its headers, which is where OpenTelemetry's instrumentation of the RocketMQ client
 * writes and looks for it. We tell of no span of our own, so what we are given is passed on as it is.
 *
 * @param parent the {@code traceparent}: version, trace id, parent id and flags, 55 characters
 * @param state the {@code tracestate}: what tracing systems note for themselves, at most 512 characters; empty for none
 */
public record TraceContext(String parent, String state) {
    /** Also the name of the header. */
    public static final String PARENT = "traceparent";

    /** Also the name of the header. */
    public static final String STATE = "tracestate";

    /** What every system has to pass on; what is longer may be left out. */
    private static final int MOST_STATE = 512;

    private static final int MOST_MEMBERS = 32;
    private static final int ID_LENGTH = 32;

    /** A version after 00 may add fields; ff is none. An id of zeros only is none, either. */
    private static final Pattern PARENT_FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})(-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-)([0-9a-f]{2})(-.*)?");

    private static final Pattern STATE_MEMBER = Pattern.compile(
            "[ \t]*(?:[a-z0-9][a-z0-9_*/-]{0,255}(?:@[a-z][a-z0-9_*/-]{0,13})?=[ -+\\--<>-~]{0,255}[!-+\\--<>-~][ \t]*)?");

    /**
     * Reads the headers of a request, as sections 3.2 and 3.3 of the W3C Trace Context say: without exactly one valid
     * {@code traceparent} there is no trace; an invalid {@code tracestate} is left out. Of a version that we do not know
     * we pass on what we know.
     *
     * @param parents every {@code traceparent} of the request
     * @param states every {@code tracestate}, in order
     * @return null when the request is in no trace
     */
    public static @Nullable TraceContext ofHeaders(List<String> parents, List<String> states) {
        if (parents.size() != 1) {
            return null;
        }
        Matcher parent = PARENT_FORM.matcher(parents.get(0).strip());
        if (!parent.matches()) {
            return null;
        }
        String state = String.join(",", states);
        String passedOn = isState(state) ? state : "";
        if (!parent.group(1).equals("00")) {
            boolean sampled = (Integer.parseInt(parent.group(3), 16) & 1) != 0;
            return new TraceContext("00" + parent.group(2) + (sampled ? "01" : "00"), passedOn);
        }
        return parent.group(4) == null ? new TraceContext(parent.group(), passedOn) : null;
    }

    private static boolean isState(String state) {
        if (state.length() > MOST_STATE) {
            return false;
        }
        String[] members = state.split(",", -1);
        return members.length <= MOST_MEMBERS
                && Arrays.stream(members)
                        .allMatch(member -> STATE_MEMBER.matcher(member).matches());
    }

    /** The trace id in the properties of a message, 32 hex digits; null when there is none that is valid. */
    public static @Nullable String idIn(MessageProperties properties) {
        String parent = properties.get(PARENT);
        if (parent == null) {
            return null;
        }
        Matcher matcher = PARENT_FORM.matcher(parent);
        return matcher.matches() ? matcher.group(2).substring(1, 1 + ID_LENGTH) : null;
    }

    /** Adds the properties to those of a message. */
    public void addTo(MessageProperties.Builder properties) {
        properties.add(PARENT, parent);
        if (!state.isEmpty()) {
            properties.add(STATE, state);
        }
    }
}
