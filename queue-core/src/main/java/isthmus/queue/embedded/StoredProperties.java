package isthmus.queue.embedded;

import isthmus.queue.api.MessageProperties;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a record as the map that RocketMQ wants. One property is looked up in the stored form; the map is only made
 * for who wants all of them. Not empty, cannot be changed; any thread.
 */
final class StoredProperties extends AbstractMap<String, String> {
    private final MessageProperties properties;
    private volatile @Nullable Map<String, String> all;

    StoredProperties(MessageProperties properties) {
        this.properties = properties;
    }

    @Override
    public @Nullable String get(Object name) {
        return name instanceof String text ? properties.get(text) : null;
    }

    @Override
    public boolean containsKey(Object name) {
        return get(name) != null;
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        Map<String, String> made = all;
        if (made == null) {
            made = Map.copyOf(MessageDecoder.string2messageProperties(properties.stored()));
            all = made;
        }
        return made.entrySet();
    }
}
