package isthmus.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubTopicTest {
    @ParameterizedTest
    @CsvSource({
        "T, T, ''",
        "T/, T, /",
        "T//, T, //",
        "T/a, T, /a",
        "T/a/, T, /a/",
        "T//a, T, //a",
        "T/p2p/GID_A@@@1, T, /p2p/GID_A@@@1"
    })
    void theParentEndsBeforeTheFirstSlashAndTheRestKeepsIt(String topic, String parent, String subTopic) {
        assertThat(SubTopic.parentOf(topic)).isEqualTo(parent);
        assertThat(SubTopic.of(topic)).isEqualTo(subTopic);
        assertThat(parent + subTopic).isEqualTo(topic);
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a/b", "a/b, /a/b", "/, /", "'', ''", ", ''", "//a, //a"})
    void theLeadingSlashOfAServerApplicationIsOptional(String written, String normalised) {
        assertThat(SubTopic.normalised(written)).isEqualTo(normalised);
    }

    @ParameterizedTest
    @CsvSource({"/p2p/GID_A@@@1, GID_A@@@1", "/p2p/x, x", "/p2p/p2p, p2p"})
    void p2pNamesItsTargetInTheThirdLevel(String subTopic, String target) {
        assertThat(SubTopic.p2pTarget(subTopic)).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/p2p",
                "/p2p/",
                "/p2p//",
                "/p2p/x/",
                "/p2p/x/y",
                "//p2p/x",
                "/a/p2p/x",
                "/P2P/x",
                "/p2px/x",
                "p2p/x"
            })
    void p2pIsSpecialAsSecondLevelOnlyAndWithOneMoreLevel(String subTopic) {
        assertThat(SubTopic.p2pTarget(subTopic)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "T/+", "T/#", "T/a+b", "T/\u0000"})
    void wildcardsAndNullsMakeNoTopicName(String text) {
        assertThat(SubTopic.isTopicName(text)).isFalse();
    }

    @Test
    void aTopicNameHasAtMost65535BytesOfUtf8() {
        assertThat(SubTopic.isTopicName("a".repeat(65_535))).isTrue();
        assertThat(SubTopic.isTopicName("a".repeat(65_536))).isFalse();
        assertThat(SubTopic.isTopicName("温".repeat(21_845))).isTrue();
        assertThat(SubTopic.isTopicName("温".repeat(21_846))).isFalse();
    }
}
