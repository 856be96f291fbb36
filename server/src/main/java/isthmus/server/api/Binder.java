package isthmus.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a record of JSON, strictly: what is unknown, missing or out of bounds is refused by name, all of it at once. */
public final class Binder {
    private final List<FieldProblem> problems = new ArrayList<>();

    private Binder() {}

    /**
     * Makes a record.
     *
     * @param what what is read, for messages, such as {@code body}
     * @throws Problem that names every field that is wrong
     */
    public static <T extends Record> T bind(Class<T> type, JsonNode json, String what) {
        Binder binder = new Binder();
        Object record = json.isObject()
                ? binder.record(Shape.of(type), json, "")
                : binder.wrong(what, "not a JSON object (expected: {...})");
        if (record == null || !binder.problems.isEmpty()) {
            throw Problem.invalid(binder.problems);
        }
        return type.cast(record);
    }

    private @Nullable Object record(Shape.Fields fields, JsonNode json, String path) {
        int before = problems.size();
        refuseUnknown(fields, json, path);
        List<@Nullable Object> values = new ArrayList<>();
        for (Shape.Member member : fields.members()) {
            String name = join(path, member.name());
            JsonNode given = json.get(member.name());
            if (given == null || given.isNull()) {
                values.add(absent(member, name));
            } else {
                values.add(present(member, given, name));
            }
        }
        return problems.size() == before ? create(fields.type(), values, path) : null;
    }

    private void refuseUnknown(Shape.Fields fields, JsonNode json, String path) {
        List<String> known = fields.members().stream().map(Shape.Member::name).toList();
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                String expected = known.isEmpty() ? "none" : String.join(", ", known);
                wrong(join(path, name), "unknown (expected: " + expected + ")");
            }
        }
    }

    private @Nullable Object absent(Shape.Member member, String path) {
        if (!member.unset().isEmpty() && member.shape() instanceof Shape.Scalar scalar) {
            return Scalars.parse(scalar, member.unset());
        }
        if (member.nullable()) {
            return null;
        }
        if (member.shape() instanceof Shape.Items items) {
            return items.unique() ? new LinkedHashSet<>() : List.of();
        }
        return member.shape() instanceof Shape.Entries ? Map.of() : wrong(path, "missing");
    }

    private @Nullable Object present(Shape.Member member, JsonNode json, String path) {
        Object value = value(member.shape(), json, path, member.isSecret());
        String objection = value == null ? null : Scalars.objection(member, value);
        return objection == null ? value : wrong(path, objection);
    }

    private @Nullable Object value(Shape shape, JsonNode json, String path, boolean secret) {
        if (shape instanceof Shape.Scalar scalar) {
            Object value = Scalars.read(scalar, json);
            String shown = secret || json.isContainerNode() ? "not valid" : shown(scalar, json);
            return value != null ? value : wrong(path, shown + " (expected: " + Scalars.expected(scalar) + ")");
        }
        if (shape instanceof Shape.Fields fields) {
            return json.isObject() ? record(fields, json, path) : wrong(path, "not an object (expected: {...})");
        }
        if (shape instanceof Shape.Items items) {
            return json.isArray() ? items(items, json, path) : wrong(path, "not a list (expected: [...])");
        }
        if (shape instanceof Shape.Entries entries) {
            return json.isObject() ? entries(entries, json, path) : wrong(path, "not an object (expected: {...})");
        }
        return json;
    }

    /** A text is shown as one when without its quotes it would be right. */
    private static String shown(Shape.Scalar scalar, JsonNode json) {
        boolean quoted = json.isTextual() && Scalars.read(scalar, Scalars.node(scalar, json.textValue())) != null;
        return quoted ? "\"" + json.textValue() + "\"" : json.asText();
    }

    private Object items(Shape.Items shape, JsonNode json, String path) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            Object item = value(shape.item(), json.get(i), path + "[" + i + "]", false);
            if (item != null) {
                items.add(item);
            }
        }
        return shape.unique() ? new LinkedHashSet<>(items) : items;
    }

    private Object entries(Shape.Entries shape, JsonNode json, String path) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            Object value = value(shape.value(), entry.getValue(), join(path, entry.getKey()), false);
            if (value != null) {
                entries.put(entry.getKey(), value);
            }
        }
        return entries;
    }

    private @Nullable Object create(Class<? extends Record> type, List<@Nullable Object> values, String path) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            return refusedBy(type, e.getTargetException(), path);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create " + type.getName(), e);
        }
    }

    /** A constructor's message begins with the name of the component that it is about. */
    private @Nullable Object refusedBy(Class<?> type, Throwable refusal, String path) {
        String sentence = refusal.getMessage();
        if (!(refusal instanceof IllegalArgumentException) || sentence == null) {
            throw new IllegalStateException(type.getSimpleName() + " failed", refusal);
        }
        int colon = sentence.indexOf(": ");
        return colon < 0
                ? wrong(path.isEmpty() ? "body" : path, sentence)
                : wrong(join(path, sentence.substring(0, colon)), sentence.substring(colon + 2));
    }

    private @Nullable Object wrong(String field, String detail) {
        problems.add(new FieldProblem(field, detail));
        return null;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
