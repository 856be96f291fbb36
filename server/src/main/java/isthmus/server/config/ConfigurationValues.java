package isthmus.server.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A configuration as keys and values, and how two of them differ. */
public final class ConfigurationValues {
    private ConfigurationValues() {}

    /** Every key with its value as it would stand in the file, secrets masked; empty when it has none. */
    public static Map<String, String> shown(Configuration configuration) {
        Map<String, String> shown = new LinkedHashMap<>();
        values(configuration)
                .forEach((key, value) -> shown.put(key, value == null ? "" : ConfigurationText.yaml(value)));
        return shown;
    }

    /** The keys whose values differ. */
    public static List<String> changed(Configuration before, Configuration after) {
        Map<String, @Nullable Object> old = values(before);
        List<String> changed = new ArrayList<>();
        values(after).forEach((key, value) -> {
            if (!Objects.equals(value, old.get(key))) {
                changed.add(key);
            }
        });
        return changed;
    }

    private static Map<String, @Nullable Object> values(Configuration configuration) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        collect(Configuration.class, configuration, "", values);
        return values;
    }

    private static void collect(Class<?> type, Object section, String path, Map<String, @Nullable Object> values) {
        for (RecordComponent component : type.getRecordComponents()) {
            String key = Schema.join(path, component.getName());
            Object value = ConfigurationText.valueOf(component, section);
            if (Schema.isSection(component) && value != null) {
                collect(component.getType(), value, key, values);
            } else {
                values.put(key, value);
            }
        }
    }
}
