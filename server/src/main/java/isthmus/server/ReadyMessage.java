package isthmus.server;

import java.util.ArrayList;
import java.util.List;

/** Builds the lines that are printed when the server is ready: one thing a line, in two columns. */
public final class ReadyMessage {
    private final String title;
    private final List<String[]> lines = new ArrayList<>();

    public ReadyMessage(String title) {
        this.title = title;
    }

    public ReadyMessage line(String what, String value) {
        lines.add(new String[] {what, value});
        return this;
    }

    @Override
    public String toString() {
        int width = lines.stream().mapToInt(line -> line[0].length()).max().orElse(0);
        StringBuilder text = new StringBuilder(title);
        for (String[] line : lines) {
            text.append(System.lineSeparator()).append("  ").append(line[0]);
            text.append(" ".repeat(width - line[0].length() + 2)).append(line[1]);
        }
        return text.toString();
    }
}
