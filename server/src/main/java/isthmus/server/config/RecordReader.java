package isthmus.server.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes configuration records out of what was written, and collects every mistake on the way. */
final class RecordReader {
    private static final Origin DEFAULTS = Origin.of("defaults");

    private final Schema schema;
    private final List<String> mistakes = new ArrayList<>();

    RecordReader(Schema schema) {
        this.schema = schema;
    }

    /** @throws ConfigurationException with all mistakes, when there is any */
    Configuration read(Node.Mapping root) {
        Object configuration = section(Configuration.class, "", root);
        if (configuration == null) {
            throw new ConfigurationException(mistakes);
        }
        return (Configuration) configuration;
    }

    /** The record, or null when there was a mistake in it. */
    private @Nullable Object section(Class<?> type, String path, Node.Mapping written) {
        int before = mistakes.size();
        RecordComponent[] components = type.getRecordComponents();
        reportUnknown(components, path, written);
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Node child = written.entries().get(components[i].getName());
            boolean absent = child == null || (child instanceof Node.Scalar scalar && scalar.text() == null);
            String name = Schema.join(path, components[i].getName());
            values[i] = component(components[i], name, absent ? null : child);
            if (values[i] == null && absent && isRequired(components[i])) {
                mistakes.add(written.origin() + ": " + name + ": missing");
            }
        }
        return mistakes.size() == before ? create(type, values, path, written) : null;
    }

    private @Nullable Object component(RecordComponent component, String path, @Nullable Node written) {
        if (Schema.isSection(component)) {
            if (written == null || written instanceof Node.Mapping) {
                Node.Mapping keys = written == null ? Node.Mapping.empty(DEFAULTS) : (Node.Mapping) written;
                return section(component.getType(), path, keys);
            }
            return mistake(written.origin(), path, "must hold keys of its own, not a value");
        }
        Setting setting = Schema.settingOf(path, component);
        return written == null ? unset(setting) : value(setting, written, true);
    }

    /** A value without a default and without permission to be null. Sections and lists are never absent. */
    private static boolean isRequired(RecordComponent component) {
        return !Schema.isSection(component)
                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                && Schema.keyOf(component).unset().isEmpty();
    }

    private @Nullable Object unset(Setting setting) {
        String text = setting.key().unset();
        if (setting.isList()) {
            Node list = text.isEmpty()
                    ? new Node.Sequence(List.of(), DEFAULTS)
                    : new YamlText(DEFAULTS.source(), false).read(text);
            return value(setting, list, false);
        }
        return text.isEmpty() ? null : ScalarText.parse(setting, text, false);
    }

    private @Nullable Object value(Setting setting, Node written, boolean chosen) {
        if (setting.isList()) {
            return written instanceof Node.Sequence sequence
                    ? list(setting, sequence)
                    : mistake(written.origin(), setting.path(), "not a list (expected: " + setting.expected() + ")");
        }
        if (written instanceof Node.Scalar scalar && scalar.text() != null) {
            Object value = ScalarText.parse(setting, scalar.text(), chosen);
            String shown = scalar.text().isBlank() || setting.key().secret() ? "empty" : scalar.text();
            return value != null
                    ? value
                    : mistake(written.origin(), setting.path(), shown + " (expected: " + setting.expected() + ")");
        }
        return mistake(written.origin(), setting.path(), "not a single value (expected: " + setting.expected() + ")");
    }

    private Object list(Setting setting, Node.Sequence sequence) {
        Class<?> itemRecord = Schema.itemRecord(setting.component());
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Object item = item(
                    itemRecord, setting.path() + "[" + i + "]", sequence.items().get(i));
            if (item != null) {
                items.add(item);
            }
        }
        return setting.isSet() ? new LinkedHashSet<>(items) : items;
    }

    private @Nullable Object item(@Nullable Class<?> itemRecord, String path, Node written) {
        if (itemRecord != null) {
            return written instanceof Node.Mapping mapping
                    ? section(itemRecord, path, mapping)
                    : mistake(written.origin(), path, "must hold keys of its own, not a value");
        }
        return written instanceof Node.Scalar scalar && scalar.text() != null
                ? scalar.text()
                : mistake(written.origin(), path, "not a single value (expected: a text)");
    }

    private @Nullable Object create(Class<?> type, @Nullable Object[] values, String path, Node.Mapping written) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            String message = sentenceOf(e.getTargetException());
            // A constructor's message begins with the name of the component it is about.
            int colon = message.indexOf(':');
            Node culprit = colon < 0 ? null : written.entries().get(message.substring(0, colon));
            mistakes.add((culprit == null ? written : culprit).origin() + ": " + Schema.join(path, message));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create " + type.getName(), e);
        }
    }

    /** A constructor refuses values with an IllegalArgumentException; anything else is a mistake of ours. */
    private static String sentenceOf(Throwable refusal) {
        String sentence = refusal.getMessage();
        if (!(refusal instanceof IllegalArgumentException) || sentence == null) {
            throw new IllegalStateException("a configuration record failed", refusal);
        }
        return sentence;
    }

    private void reportUnknown(RecordComponent[] components, String path, Node.Mapping written) {
        List<String> known =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        written.entries().forEach((name, node) -> {
            if (!known.contains(name)) {
                String unknown = Schema.join(path, name);
                mistakes.add(node.origin() + ": " + unknown + ": no such key" + schema.suggestion(unknown));
            }
        });
    }

    private @Nullable Object mistake(Origin origin, String path, String sentence) {
        mistakes.add(origin + ": " + path + ": " + sentence);
        return null;
    }
}
