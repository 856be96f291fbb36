package isthmus.conformance.normative;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A normative statement of the standard.
 *
 * @param chapter the number and title of its chapter
 * @param text what it requires, in short
 * @param clientOnly whether it requires something of a Client alone
 * @param waiver why there is no test for it
 */
record Statement(String id, String chapter, String text, boolean clientOnly, Optional<String> waiver) {
    private static final String WAIVED = "waived:";

    /** Reads the lines of statements.txt, whose head describes its form. */
    static List<Statement> parse(List<String> lines) {
        List<Statement> statements = new ArrayList<>();
        String chapter = "";
        for (String line : lines) {
            if (line.startsWith("[")) {
                chapter = line.substring(1, line.length() - 1);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                statements.add(parse(chapter, line));
            }
        }
        return statements;
    }

    private static Statement parse(String chapter, String line) {
        String[] parts = line.split(" \\| ");
        String mark = parts.length == 3 ? parts[1] : "";
        boolean waived = mark.startsWith(WAIVED);
        if (parts.length < 2 || parts.length > 3 || !(mark.isEmpty() || mark.equals("client") || waived)) {
            throw new IllegalArgumentException("statements.txt: cannot read \"" + line + "\"");
        }
        return new Statement(
                parts[0],
                chapter,
                parts[parts.length - 1],
                mark.equals("client"),
                waived ? Optional.of(mark.substring(WAIVED.length()).strip()) : Optional.empty());
    }
}
