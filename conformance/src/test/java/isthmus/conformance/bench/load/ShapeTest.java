package isthmus.conformance.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeTest {
    static Stream<Shape> shapes() {
        return Stream.of(
                Shape.pairs(3),
                Shape.pairsWithTopics(3, 12),
                Shape.fanIn(5),
                Shape.fanInToApplication(5),
                Shape.fanOut(7));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void eachTopicIsForAsManySubscribersAsThereAreCopiesAndEachKnowsItsPlace(Shape shape) {
        for (int topic = 0; topic < shape.topics(); topic++) {
            int subscribers = 0;
            for (int subscriber = 0; subscriber < shape.subscribers(); subscriber++) {
                if (shape.isFor(subscriber, topic)) {
                    subscribers++;
                    assertThat(shape.topicOfSubscriber(subscriber, shape.indexOfTopic(topic)))
                            .isEqualTo(topic);
                }
            }
            assertThat(subscribers).as("subscribers to topic %s", topic).isEqualTo(shape.copies());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void eachTopicHasOnePublisher(Shape shape) {
        Topics topics = new Topics("T", shape);
        List<String> names = new ArrayList<>();
        for (int publisher = 0; publisher < shape.publishers(); publisher++) {
            names.addAll(topics.ofPublisher(publisher));
        }

        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, shape.topics())
                        .mapToObj(topics::name)
                        .toList());
        for (int topic = 0; topic < shape.topics(); topic++) {
            assertThat(topics.ofPublisher(shape.publisherOf(topic))).contains(topics.name(topic));
        }
    }

    @Test
    void whoReceivesEverythingFromManySubscribesOnce() {
        assertThat(new Topics("T", Shape.fanIn(5)).filtersOfSubscriber(0)).containsExactly("T/+");
        assertThat(new Topics("T", Shape.fanOut(5)).filtersOfSubscriber(4)).containsExactly("T/0");
        assertThat(new Topics("T", Shape.pairsWithTopics(2, 6)).filtersOfSubscriber(1))
                .containsExactly("T/1", "T/3", "T/5");
    }

    @Test
    void nobodyHasMoreToDoThanOthers() {
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.pairsWithTopics(3, 10));
    }
}
