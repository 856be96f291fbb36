package isthmus.server.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.server.api.Shape;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Prints records for people: several as a table, one as a list of its fields. What is missing is a dash. */
final class Table {
    private static final String NOTHING = "-";
    private static final int WIDEST = 80;

    private final PrintWriter out;

    Table(PrintWriter out) {
        this.out = out;
    }

    /** A line for each, under one with their names. */
    void list(Shape.Fields shape, JsonNode items, String indent) {
        print(rows(shape, items), true, indent);
    }

    /** The same for what follows a page that was printed before. */
    void further(Shape.Fields shape, JsonNode items) {
        print(rows(shape, items), false, "");
    }

    private static List<List<String>> rows(Shape.Fields shape, JsonNode items) {
        List<Shape.Member> columns =
                shape.members().stream().filter(Table::isColumn).toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream()
                .map(column -> OperationCommands.label(column.name()))
                .toList());
        for (JsonNode item : items) {
            rows.add(columns.stream()
                    .map(column -> cell(item.get(column.name())))
                    .toList());
        }
        return rows;
    }

    /** A line for each field; tables for the lists in it. */
    void record(Shape.Fields shape, JsonNode record, String indent) {
        List<List<String>> rows = new ArrayList<>();
        for (Shape.Member member : shape.members()) {
            if (isColumn(member)) {
                rows.add(List.of(member.name(), cell(record.get(member.name()))));
            }
        }
        print(rows, true, indent);
        for (Shape.Member member : shape.members()) {
            if (!isColumn(member) && record.path(member.name()).isEmpty() && record.has(member.name())) {
                out.println(indent + member.name() + ": " + NOTHING);
            } else if (!isColumn(member) && record.has(member.name())) {
                out.println(indent + member.name() + ":");
                nested(member.shape(), record.get(member.name()), indent + "  ");
            }
        }
    }

    /** One line, as in a list without its head. */
    void line(Shape.Fields shape, JsonNode record) {
        out.println(shape.members().stream()
                .filter(Table::isColumn)
                .map(member -> cell(record.get(member.name())))
                .collect(Collectors.joining("  ")));
        out.flush();
    }

    private void nested(Shape shape, JsonNode value, String indent) {
        if (shape instanceof Shape.Items items && items.item() instanceof Shape.Fields fields) {
            list(fields, value, indent);
        } else if (shape instanceof Shape.Fields fields) {
            record(fields, value, indent);
        } else {
            List<List<String>> rows = new ArrayList<>();
            value.properties().forEach(entry -> rows.add(List.of(entry.getKey(), cell(entry.getValue()))));
            print(rows, true, indent);
        }
    }

    private static boolean isColumn(Shape.Member member) {
        Shape shape = member.shape();
        return shape instanceof Shape.Scalar
                || shape instanceof Shape.Anything
                || (shape instanceof Shape.Items items && items.item() instanceof Shape.Scalar);
    }

    private static String cell(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return NOTHING;
        }
        if (value.isArray()) {
            String joined = StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(","));
            return joined.isEmpty() ? NOTHING : harmless(joined);
        }
        if (value.isDouble()) {
            return String.format(Locale.ROOT, "%.2f", value.asDouble());
        }
        String text = value.isContainerNode() ? value.toString() : value.asText();
        return text.isEmpty() ? "\"\"" : harmless(text);
    }

    /** Without what would steer a terminal: names come from devices. */
    private static String harmless(String text) {
        return text.codePoints()
                .mapToObj(character -> Character.isISOControl(character) ? "?" : Character.toString(character))
                .collect(Collectors.joining());
    }

    /** @param head whether to print the first row, which makes its columns wider in any case */
    private void print(List<List<String>> rows, boolean head, String indent) {
        int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Math.min(row.get(i).length(), WIDEST));
            }
        }
        for (List<String> row : head ? rows : rows.subList(1, rows.size())) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i));
                line.append(" ".repeat(Math.max(0, widths[i] - row.get(i).length()) + 2));
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }
}
