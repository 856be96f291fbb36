package isthmus.conformance.normative;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** That no statement is without proof, and that docs/conformance.md tells the truth. */
@TestInstance(Lifecycle.PER_CLASS) // reads the sources once
class ConformancePageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path STATEMENTS = Path.of("src/test/resources/normative/statements.txt");
    private static final Path PAGE = ROOT.resolve("docs/conformance.md");
    private static final Path GENERATED = Path.of("target/conformance.md");

    private final List<Statement> statements = Statement.parse(Files.readAllLines(STATEMENTS));
    private final List<CitedTest> tests = new CitedTests(ROOT).find();

    ConformancePageTest() throws IOException {}

    @Test
    void thereIsEachStatementOnce() {
        assertThat(statements)
                .extracting(Statement::id)
                .doesNotHaveDuplicates()
                .hasSize(141)
                .allMatch(id -> id.matches("MQTT-[1-7]([.-]\\d+){1,2}[.-]\\d+"));
    }

    @Test
    void everyStatementAboutAServerHasATestOrAWaiver() {
        Set<String> proved = tests.stream().map(CitedTest::statement).collect(Collectors.toSet());
        assertThat(statements)
                .filteredOn(each -> !each.clientOnly() && each.waiver().isEmpty())
                .extracting(Statement::id)
                .as("statements without a test: cite them with @Normative, or waive them in %s", STATEMENTS)
                .allMatch(proved::contains);
    }

    @Test
    void aWaiverHasAReasonAndIsNotKeptWhereThereIsATest() {
        Set<String> proved = tests.stream().map(CitedTest::statement).collect(Collectors.toSet());
        assertThat(statements)
                .filteredOn(each -> each.waiver().isPresent())
                .allMatch(each -> each.waiver().get().length() > 20)
                .extracting(Statement::id)
                .noneMatch(proved::contains);
    }

    @Test
    void testsCiteStatementsThatExist() {
        Set<String> known = statements.stream().map(Statement::id).collect(Collectors.toSet());
        assertThat(tests).isNotEmpty().allSatisfy(test -> assertThat(known)
                .as("%s, %s", test.source(), test.method())
                .contains(test.statement()));
    }

    @Test
    void thePageInTheRepositoryIsTheGeneratedOne() throws IOException {
        String page = new ConformancePage(statements, tests).markdown();
        Files.writeString(GENERATED, page);
        assertThat(Files.exists(PAGE) && Files.readString(PAGE).equals(page))
                .as("docs/conformance.md is up to date; if not: cp conformance/%s docs/conformance.md", GENERATED)
                .isTrue();
    }
}
