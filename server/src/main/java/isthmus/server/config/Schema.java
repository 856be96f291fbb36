package isthmus.server.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All keys there are, read off the configuration records. */
final class Schema {
    private final List<Setting> settings = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();

    Schema() {
        collect(Configuration.class, "");
    }

    /** The keys that hold values, in the order of the file. */
    List<Setting> settings() {
        return settings;
    }

    /** The key at a dotted path, or empty when there is none or it is a section. */
    Optional<Setting> setting(String path) {
        return settings.stream().filter(setting -> setting.path().equals(path)).findFirst();
    }

    boolean hasPath(String path) {
        return paths.contains(path);
    }

    /** What a person may have meant by a key that does not exist, as the end of a message. */
    String suggestion(String unknown) {
        String nearest = new NearestName(paths).to(unknown);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }

    static Setting settingOf(String path, RecordComponent component) {
        return new Setting(path, component, keyOf(component));
    }

    static Key keyOf(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        if (key == null) {
            throw new IllegalStateException(
                    component.getDeclaringRecord() + "." + component.getName() + " has no @Key");
        }
        return key;
    }

    /** Whether a component is a section: a record that holds keys of its own. */
    static boolean isSection(RecordComponent component) {
        return component.getType().isRecord() && component.getType() != Port.class;
    }

    static String join(String section, String name) {
        return section.isEmpty() ? name : section + "." + name;
    }

    /** The record that the items of a list are, or null when they are texts. */
    static @Nullable Class<?> itemRecord(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> item
                        && item.isRecord()
                ? item
                : null;
    }

    private void collect(Class<?> section, String path) {
        for (RecordComponent component : section.getRecordComponents()) {
            String name = join(path, component.getName());
            paths.add(name);
            if (isSection(component)) {
                collect(component.getType(), name);
            } else {
                settings.add(settingOf(name, component));
            }
        }
    }
}
