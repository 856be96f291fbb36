package isthmus.conformance.bench.load;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The names of a load's topics.
 *
 * @param prefix what they begin with
 */
record Topics(String prefix, Shape shape) {
    String name(int topic) {
        return prefix + "/" + topic;
    }

    List<String> ofPublisher(int publisher) {
        return IntStream.range(0, shape.topicsOfPublisher())
                .mapToObj(index -> name(publisher + index * shape.publishers()))
                .toList();
    }

    /** One with a wildcard for who receives everything from many; else each by its name. */
    List<String> filtersOfSubscriber(int subscriber) {
        if (shape.subscribers() == 1 && shape.publishers() > 1) {
            return List.of(prefix + "/+");
        }
        return IntStream.range(0, shape.topicsOfSubscriber())
                .mapToObj(index -> name(shape.topicOfSubscriber(subscriber, index)))
                .toList();
    }
}
