package isthmus.conformance.normative;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes docs/conformance.md. */
final class ConformancePage {
    private final List<Statement> statements;
    private final Map<String, List<CitedTest>> tests;

    ConformancePage(List<Statement> statements, List<CitedTest> tests) {
        this.statements = statements;
        this.tests = tests.stream()
                .sorted(Comparator.comparing(CitedTest::className).thenComparing(CitedTest::method))
                .collect(Collectors.groupingBy(CitedTest::statement, TreeMap::new, Collectors.toList()));
    }

    String markdown() {
        StringBuilder page = new StringBuilder(head());
        String chapter = "";
        for (Statement statement : statements) {
            if (!statement.chapter().equals(chapter)) {
                chapter = statement.chapter();
                page.append("\n## ").append(chapter).append("\n\n");
                page.append("| Statement | What it requires | Proof |\n|---|---|---|\n");
            }
            page.append("| ").append(statement.id()).append(" | ");
            page.append(statement.text()).append(" | ");
            page.append(proof(statement)).append(" |\n");
        }
        return page.append(links()).toString();
    }

    private String links() {
        Map<String, String> paths = new TreeMap<>();
        tests.values()
                .forEach(each -> each.forEach(test ->
                        paths.put(test.className(), test.source().toString().replace('\\', '/'))));
        StringBuilder links = new StringBuilder("\n");
        paths.forEach((name, path) -> links.append("[%s]: ../%s\n".formatted(name, path)));
        return links.toString();
    }

    private String head() {
        long clientOnly = statements.stream().filter(Statement::clientOnly).count();
        long waived =
                statements.stream().filter(each -> each.waiver().isPresent()).count();
        long proved = statements.size() - clientOnly - waived;
        return """
                # Conformance with MQTT 3.1.1

                Generated from the tests; do not edit. Appendix B of the standard has %d normative statements. %d concern clients
                alone. Of the %d that concern a server, %d are proved by tests, and %d waived, with the reason. The build fails
                for a statement with neither, for a test that cites a statement which does not exist, and when this page is out of
                date.

                What a statement requires is said here in short; the standard has the wording. A class name leads to the tests.
                """
                .formatted(statements.size(), clientOnly, statements.size() - clientOnly, proved, waived);
    }

    private String proof(Statement statement) {
        if (statement.waiver().isPresent()) {
            return "*Waived:* " + statement.waiver().get();
        }
        List<CitedTest> cited = tests.getOrDefault(statement.id(), List.of());
        if (cited.isEmpty()) {
            return statement.clientOnly() ? "*Client only*" : "**none**";
        }
        Map<String, List<CitedTest>> byClass =
                cited.stream().collect(Collectors.groupingBy(CitedTest::className, TreeMap::new, Collectors.toList()));
        return byClass.values().stream().map(ConformancePage::ofOneClass).collect(Collectors.joining("<br>"));
    }

    private static String ofOneClass(List<CitedTest> tests) {
        return "[%s]: ".formatted(tests.get(0).className())
                + tests.stream().map(CitedTest::sentence).collect(Collectors.joining("; "));
    }
}
