package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.StoredMessage;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;

/**
 * The documented nine columns, as RFC 4180 writes them. Times are milliseconds since the epoch. A text that a spreadsheet
 * would take for a formula is left as it is: these files are read by programs, and the properties are JSON.
 */
final class DeadLetterCsv {
    private static final String HEADER =
            "topic,msgId,bornHost,bornTimestamp,storeTimestamp,reconsumeTimes,properties,body,bodyCRC\r\n";

    private final Appendable csv;

    DeadLetterCsv(Appendable csv) throws IOException {
        this.csv = csv;
        csv.append(HEADER);
    }

    /** @param topic the topic that the message was sent to in the beginning */
    void write(String topic, StoredMessage letter) throws IOException {
        field(topic).append(',');
        field(letter.messageId()).append(',');
        field(letter.bornHost()).append(',');
        csv.append(Long.toString(letter.bornMillis())).append(',');
        csv.append(Long.toString(letter.storedMillis())).append(',');
        csv.append(Integer.toString(letter.reconsumeTimes())).append(',');
        field(json(letter.properties())).append(',');
        csv.append(Base64.getEncoder().encodeToString(letter.body().array())).append(',');
        csv.append(Integer.toString(letter.bodyCrc())).append("\r\n");
    }

    private Appendable field(String text) throws IOException {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain
                ? csv.append(text)
                : csv.append('"').append(text.replace("\"", "\"\"")).append('"');
    }

    private static String json(Map<String, String> properties) {
        StringBuilder json = new StringBuilder("{");
        properties.forEach((name, value) -> {
            if (json.length() > 1) {
                json.append(',');
            }
            string(json, name);
            json.append(':');
            string(json, value);
        });
        return json.append('}').toString();
    }

    private static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
