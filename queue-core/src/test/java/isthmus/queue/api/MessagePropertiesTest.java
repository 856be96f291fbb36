package isthmus.queue.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MessagePropertiesTest {
    private static final String NAME_END = "\u0001";
    private static final String VALUE_END = "\u0002";

    @Test
    void whatWasAddedIsFoundHoweverManyThereAre() {
        MessageProperties.Builder builder = MessageProperties.builder();
        for (int i = 0; i < 40; i++) {
            builder.add("name" + i, "value" + i);
        }

        MessageProperties read = MessageProperties.ofStored(builder.build().stored());

        for (int i = 0; i < 40; i++) {
            assertThat(read.get("name" + i)).isEqualTo("value" + i);
        }
        assertThat(read.get("name40")).isNull();
        assertThat(read.get("value1")).isNull();
        assertThat(read.get("name")).isNull();
    }

    @Test
    void theFirstOfTwoCountsAndEmptyNamesAndValuesAreFound() {
        MessageProperties read = MessageProperties.ofStored("a" + NAME_END + "1" + VALUE_END + "a" + NAME_END + "2"
                + VALUE_END + NAME_END + "none" + VALUE_END + "b" + NAME_END + VALUE_END);

        assertThat(read.get("a")).isEqualTo("1");
        assertThat(read.get("")).isEqualTo("none");
        assertThat(read.get("b")).isEmpty();
    }

    @Test
    void whatIsCutOffIsReadAsFarAsItGoes() {
        assertThat(MessageProperties.ofStored("a" + NAME_END + "1" + VALUE_END + "b" + NAME_END + "2")
                        .get("b"))
                .isEqualTo("2");
        assertThat(MessageProperties.ofStored("a" + NAME_END + "1" + VALUE_END + "b")
                        .get("b"))
                .isNull();
        assertThat(MessageProperties.ofStored("").get("")).isNull();
    }

    @Test
    void whatTheStoredFormReservesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageProperties.builder().add("a", "1" + VALUE_END));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageProperties.builder().add("a" + NAME_END, "1"));
    }
}
