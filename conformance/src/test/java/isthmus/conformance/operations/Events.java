package isthmus.conformance.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The events of a live stream, read by a thread of its own until the stream ends. */
final class Events {
    private static final long DEADLINE_SECONDS = 20;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    /**
     * @param lines of the stream
     * @param came is called at each event
     */
    Events(Stream<String> lines, Runnable came) {
        Thread reader = new Thread(
                () -> lines.filter(line -> line.contains("{")).forEach(line -> {
                    came.run();
                    received.add(line.substring(line.indexOf('{')));
                }),
                "events");
        reader.setDaemon(true);
        reader.start();
    }

    /** The next event whose field has this value; others before it are left out. */
    JsonNode next(String field, String value) throws Exception {
        while (true) {
            String event = received.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event with " + field + " " + value);
            }
            JsonNode tree = new ObjectMapper().readTree(event);
            if (tree.path(field).asText().equals(value)) {
                return tree;
            }
        }
    }
}
