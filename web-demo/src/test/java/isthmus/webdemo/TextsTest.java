package isthmus.webdemo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The two languages say the same things, and everything that the page wants to say exists. */
class TextsTest {

    private static final Pattern KEY_IN_MARKUP = Pattern.compile("data-i18n(?:-\\w+)?=\"([^\"]+)\"");
    // In code a key is any string literal that starts with a section name, such as 'problem.host'.
    private static final Pattern KEY_IN_CODE = Pattern.compile(
            "'((?:page|state|connection|problem|failure|subscriptions|publish|messages)\\.[A-Za-z0-9]+(?:\\.\\w+)?)'");
    private static final Pattern FAILURE_KIND = Pattern.compile("kind: '(\\w+)'|\\? '(\\w+)' : '(\\w+)', values");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private final Map<String, String> english = texts("en");
    private final Map<String, String> chinese = texts("zh");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(chinese.keySet()).containsExactlyElementsOf(english.keySet());
    }

    @Test
    void noTextIsEmpty() {
        assertThat(english.values()).noneMatch(String::isBlank);
        assertThat(chinese.values()).noneMatch(String::isBlank);
    }

    @Test
    void bothLanguagesFillInTheSameValues() {
        english.forEach((key, text) ->
                assertThat(placeholders(chinese.get(key))).as(key).isEqualTo(placeholders(text)));
    }

    @Test
    void everyKeyThatThePageUsesExists() {
        assertThat(english.keySet()).containsAll(usedKeys());
    }

    @Test
    void everyFailureHasAReasonAndAWayOut() {
        Set<String> kinds = FAILURE_KIND
                .matcher(WebResources.text("js/failures.js"))
                .results()
                .flatMap(found -> Stream.of(1, 2, 3).map(found::group))
                .filter(kind -> kind != null)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(kinds).contains("timeout", "unreachable", "unreachableTls", "lost", "lostAfterPublish", "silent");
        Stream.concat(kinds.stream(), Stream.of("refused1", "refused2", "refused3", "refused4", "refused5"))
                .forEach(kind ->
                        assertThat(english).containsKeys("failure." + kind + ".what", "failure." + kind + ".todo"));
    }

    @Test
    void noTextIsLeftOverThatNothingUses() {
        Set<String> unused = new TreeSet<>(english.keySet());
        unused.removeAll(usedKeys());
        // These keys are put together from a state, an answer or a kind of failure.
        unused.removeIf(
                key -> key.startsWith("state.") || key.startsWith("failure.") || key.startsWith("subscriptions."));
        assertThat(unused).isEmpty();
    }

    private static Set<String> usedKeys() {
        Stream<String> inMarkup =
                KEY_IN_MARKUP.matcher(WebResources.text("index.html")).results().map(found -> found.group(1));
        Stream<String> inCode = WebResources.withExtension(".js").stream()
                .flatMap(file -> KEY_IN_CODE.matcher(WebResources.text(file)).results())
                .map(found -> found.group(1));
        return Stream.concat(inMarkup, inCode).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Map<String, String> texts(String language) {
        try {
            return new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readValue(WebResources.text("i18n/" + language + ".json"), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError("i18n/" + language + ".json cannot be read: " + e.getMessage(), e);
        }
    }
}
