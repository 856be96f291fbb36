package isthmus.server.api.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.server.api.Scalars;
import isthmus.server.api.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** The schemas of the records that an OpenAPI document speaks of, each described once. */
final class OpenApiSchemas {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<Class<?>, String> names = new LinkedHashMap<>();
    private final ObjectNode all = NODES.objectNode();

    ObjectNode all() {
        return all;
    }

    /** A reference to the schema of a record, which is described if it was not yet. */
    ObjectNode reference(Shape.Fields fields) {
        String name = names.get(fields.type());
        if (name == null) {
            name = freeName(fields.type());
            names.put(fields.type(), name);
            all.set(name, record(fields));
        }
        return NODES.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    private String freeName(Class<?> type) {
        String name = type.getSimpleName();
        Class<?> outer = type.getDeclaringClass();
        return names.containsValue(name) && outer != null ? outer.getSimpleName() + name : unique(name);
    }

    private String unique(String name) {
        return names.containsValue(name) ? unique(name + "_") : name;
    }

    private ObjectNode record(Shape.Fields fields) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (Shape.Member member : fields.members()) {
            properties.set(member.name(), of(member));
            if (member.isRequired()) {
                required.add(member.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /** The schema of a field, with its bounds. */
    ObjectNode of(Shape.Member member) {
        ObjectNode schema = of(member.shape());
        if (!member.meaning().isEmpty()) {
            schema.put("description", member.meaning());
        }
        if (!member.unset().isEmpty() && member.shape() instanceof Shape.Scalar scalar) {
            schema.set("default", Scalars.node(scalar, member.unset()));
        }
        if (member.isSecret()) {
            schema.put("format", "password").put("writeOnly", true);
        }
        String kind = boundedKind(member.shape());
        if (!kind.equals("-") && member.min() != Long.MIN_VALUE) {
            schema.put(kind.isEmpty() ? "minimum" : "min" + kind, member.min());
        }
        if (!kind.equals("-") && member.max() != Long.MAX_VALUE) {
            schema.put(kind.isEmpty() ? "maximum" : "max" + kind, member.max());
        }
        return schema;
    }

    private static String boundedKind(Shape shape) {
        if (shape instanceof Shape.Scalar scalar) {
            boolean number = scalar.isNumber() || scalar.isFraction();
            return number ? "" : scalar.type() == String.class ? "Length" : "-";
        }
        if (shape instanceof Shape.Items) {
            return "Items";
        }
        return shape instanceof Shape.Entries ? "Properties" : "-";
    }

    private ObjectNode of(Shape shape) {
        if (shape instanceof Shape.Scalar scalar) {
            return of(scalar);
        }
        if (shape instanceof Shape.Fields fields) {
            return reference(fields);
        }
        ObjectNode schema = NODES.objectNode();
        if (shape instanceof Shape.Items items) {
            schema.put("type", "array").set("items", of(items.item()));
            if (items.unique()) {
                schema.put("uniqueItems", true);
            }
        } else if (shape instanceof Shape.Entries entries) {
            schema.put("type", "object").set("additionalProperties", of(entries.value()));
        }
        return schema;
    }

    private static ObjectNode of(Shape.Scalar scalar) {
        ObjectNode schema = NODES.objectNode();
        if (scalar.isNumber()) {
            boolean small = scalar.type() == int.class || scalar.type() == Integer.class;
            return schema.put("type", "integer").put("format", small ? "int32" : "int64");
        }
        if (scalar.isFraction()) {
            return schema.put("type", "number");
        }
        if (scalar.isFlag()) {
            return schema.put("type", "boolean");
        }
        schema.put("type", "string");
        if (scalar.isInstant()) {
            schema.put("format", "date-time");
        }
        if (scalar.isTimeOfDay()) {
            schema.put("pattern", "^([01][0-9]|2[0-3]):[0-5][0-9]$");
        }
        if (!scalar.words().isEmpty()) {
            ArrayNode words = schema.putArray("enum");
            scalar.words().forEach(words::add);
        }
        return schema;
    }
}
