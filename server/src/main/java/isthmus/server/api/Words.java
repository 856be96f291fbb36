package isthmus.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How Java's names are written in JSON: enum constants in lower case, unless a {@link JsonProperty} says otherwise. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        try {
            JsonProperty chosen =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
            return chosen == null ? constant.name().toLowerCase(Locale.ROOT) : chosen.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(constant + " is no constant of its enum", e);
        }
    }

    static List<String> of(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> of((Enum<?>) constant))
                .toList();
    }

    static String of(RecordComponent component) {
        JsonProperty chosen = component.getAccessor().getAnnotation(JsonProperty.class);
        return chosen == null ? component.getName() : chosen.value();
    }
}
