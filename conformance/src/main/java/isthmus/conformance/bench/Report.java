package isthmus.conformance.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints figures as a table that can be read as it is and put into a Markdown file. */
final class Report {
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void figures(String title, List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(title, "median", "lowest", "highest", "spread", "unit"));
        rows.add(List.of("---", "--:", "--:", "--:", "--:", "---"));
        for (Figure figure : figures) {
            rows.add(List.of(
                    figure.name(), figure.median(), figure.lowest(), figure.highest(), figure.spread(), figure.unit()));
        }
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        rows.forEach(row -> line(aligned(row, widths)));
        line("");
    }

    /** Words to the left, numbers to the right. */
    private static String aligned(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            boolean number = i > 0 && i < widths.length - 1;
            line.append(' ')
                    .append(number ? padding + row.get(i) : row.get(i) + padding)
                    .append(" |");
        }
        return line.toString();
    }
}
