package isthmus.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What JSON for a Java type looks like: the one model behind reading, the OpenAPI document and the command line. */
public sealed interface Shape {
    /** A text, a number, a truth value, an instant, a time of day, a word of an enum. */
    record Scalar(Class<?> type) implements Shape {
        public boolean isNumber() {
            return type == int.class || type == long.class || type == Integer.class || type == Long.class;
        }

        public boolean isFraction() {
            return type == double.class || type == Double.class;
        }

        public boolean isFlag() {
            return type == boolean.class || type == Boolean.class;
        }

        public boolean isInstant() {
            return type == Instant.class;
        }

        public boolean isTimeOfDay() {
            return type == LocalTime.class;
        }

        /** The words of an enum; empty for everything else. */
        public List<String> words() {
            return type.isEnum() ? Words.of(type) : List.of();
        }
    }

    /** Any JSON. */
    record Anything() implements Shape {}

    /** A list or a set. */
    record Items(Shape item, boolean unique) implements Shape {}

    /** A map from texts. */
    record Entries(Shape value) implements Shape {}

    /** A record. */
    record Fields(Class<? extends Record> type, List<Member> members) implements Shape {
        public Fields {
            members = List.copyOf(members);
        }
    }

    /**
     * A field of a record.
     *
     * @param field its description; null when it has none
     */
    record Member(String name, Shape shape, boolean nullable, @Nullable Field field) {
        /** The default as text; empty when there is none. */
        public String unset() {
            return field == null ? "" : field.unset();
        }

        /** Whether a request without it is refused. */
        public boolean isRequired() {
            return !nullable && unset().isEmpty() && !(shape instanceof Items) && !(shape instanceof Entries);
        }

        public boolean isSecret() {
            return field != null && field.secret();
        }

        public String meaning() {
            return field == null ? "" : field.value();
        }

        public long min() {
            return field == null ? Long.MIN_VALUE : field.min();
        }

        public long max() {
            return field == null ? Long.MAX_VALUE : field.max();
        }
    }

    /** The shape of a record. */
    static Fields of(Class<? extends Record> type) {
        return new Fields(
                type,
                Arrays.stream(type.getRecordComponents()).map(Shape::member).toList());
    }

    private static Member member(RecordComponent component) {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new Member(
                Words.of(component), of(component.getGenericType()), nullable, component.getAnnotation(Field.class));
    }

    private static Shape of(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            if (Collection.class.isAssignableFrom(raw)) {
                return new Items(of(arguments[0]), Set.class.isAssignableFrom(raw));
            }
            if (Map.class.isAssignableFrom(raw)) {
                return new Entries(of(arguments[1]));
            }
        }
        if (type instanceof Class<?> plain) {
            return ofClass(plain);
        }
        throw new IllegalArgumentException(type + " cannot be written as JSON here");
    }

    private static Shape ofClass(Class<?> type) {
        if (JsonNode.class.isAssignableFrom(type)) {
            return new Anything();
        }
        if (type.isRecord()) {
            return of(type.asSubclass(Record.class));
        }
        Scalar scalar = new Scalar(type);
        boolean known = scalar.isNumber() || scalar.isFraction() || scalar.isFlag() || scalar.isInstant();
        if (known || scalar.isTimeOfDay() || type == String.class || type.isEnum()) {
            return scalar;
        }
        throw new IllegalArgumentException(type + " cannot be written as JSON here");
    }
}
