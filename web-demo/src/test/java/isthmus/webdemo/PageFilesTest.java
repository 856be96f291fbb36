package isthmus.webdemo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page stays loadable under its Content Security Policy and asks nobody but its own server. */
class PageFilesTest {

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"#][^\"]*)\"");
    private static final Pattern IMPORT = Pattern.compile("from '\\./([^']+)'");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:https?:)?//[a-z0-9-]+\\.[a-z]{2,}");

    private final String markup = WebResources.text("index.html");

    @Test
    void everyFileThatThePageNamesExists() {
        List<String> references =
                REFERENCE.matcher(markup).results().map(found -> found.group(1)).toList();
        assertThat(references).hasSizeGreaterThan(5).allSatisfy(reference -> {
            if (reference.startsWith("/webjars/")) {
                assertThat(WebResources.webjar(reference)).isNotBlank();
            } else {
                assertThat(WebResources.exists(reference)).as(reference).isTrue();
            }
        });
    }

    @Test
    void everyImportedModuleExists() {
        assertThat(WebResources.withExtension(".js").stream()
                        .flatMap(file -> IMPORT.matcher(WebResources.text(file)).results()))
                .map(found -> found.group(1))
                .allMatch(module -> WebResources.exists("js/" + module));
    }

    @Test
    void nothingIsInline() {
        assertThat(markup).doesNotContainPattern("<script(?![^>]*src=)").doesNotContain("<style");
        assertThat(markup).doesNotContainPattern("\\sstyle=").doesNotContainPattern("\\son\\w+=");
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        // The name of the SVG vocabulary looks like an address and is none.
        assertThat(ownFiles().map(file -> WebResources.text(file).replace("http://www.w3.org/2000/svg", "")))
                .noneMatch(text -> ELSEWHERE.matcher(text).find());
    }

    @Test
    void receivedTextIsNeverHtml() {
        assertThat(WebResources.withExtension(".js").stream().map(WebResources::text))
                .noneMatch(code -> code.contains("innerHTML")
                        || code.contains("outerHTML")
                        || code.contains("insertAdjacentHTML")
                        || code.contains("document.write"));
    }

    @Test
    void theSecretKeyIsReadByTheSignatureOnly() {
        Pattern secretField = Pattern.compile("value\\('secret'\\)");
        List<String> reads = WebResources.withExtension(".js").stream()
                .flatMap(file -> WebResources.text(file).lines())
                .filter(line -> secretField.matcher(line).find())
                .toList();
        assertThat(reads)
                .isNotEmpty()
                .allMatch(line -> line.contains("sign(")
                        || line.contains("value('secret') !== ''")
                        || line.contains("value('secret') === ''"));
    }

    @Test
    void everyFieldHasALabel() {
        List<String> labelled = Pattern.compile("for=\"([^\"]+)\"")
                .matcher(markup)
                .results()
                .map(PageFilesTest::first)
                .toList();
        List<String> fields = Pattern.compile("<(?:input|select|textarea)[^>]*>")
                .matcher(markup)
                .results()
                .map(MatchResult::group)
                .filter(field -> !field.contains("data-i18n-label") && !field.contains("role=\"switch\""))
                .map(field -> field.replaceAll("(?s).*\\bid=\"([^\"]+)\".*", "$1"))
                .toList();
        assertThat(labelled).containsAll(fields);
    }

    private static String first(MatchResult found) {
        return found.group(1);
    }

    private static Stream<String> ownFiles() {
        return Stream.of(".html", ".css", ".js", ".json", ".svg")
                .flatMap(extension -> WebResources.withExtension(extension).stream());
    }
}
