package isthmus.server.config;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/**
 * One key that can be set on its own.
 *
 * @param path its full dotted name, such as {@code mqtt.tcp.port}
 * @param component the record component that takes its value
 * @param key its description
 */
record Setting(String path, RecordComponent component, Key key) {
    private static final String ENVIRONMENT_PREFIX = "ISTHMUS_";

    /** The environment variable that overrides it: {@code mqtt.limits.keepAliveMax} is {@code ISTHMUS_MQTT_LIMITS_KEEP_ALIVE_MAX}. */
    String environmentName() {
        String words = path.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_');
        return ENVIRONMENT_PREFIX + words.toUpperCase(Locale.ROOT);
    }

    static boolean isEnvironmentName(String name) {
        return name.startsWith(ENVIRONMENT_PREFIX);
    }

    Class<?> type() {
        return component.getType();
    }

    boolean isList() {
        return Collection.class.isAssignableFrom(type());
    }

    boolean isSet() {
        return Set.class.isAssignableFrom(type());
    }

    /** What its values look like, as messages and the example file say it. */
    String expected() {
        if (type() == int.class) {
            return key.min() + ".." + key.max();
        }
        if (type() == Port.class) {
            return "0.." + Port.MAX + " or off";
        }
        if (type() == boolean.class) {
            return "true or false";
        }
        if (type().isEnum()) {
            return ScalarText.wordsOf(type());
        }
        return isList() ? "a list such as [a, b]" : "a text";
    }
}
