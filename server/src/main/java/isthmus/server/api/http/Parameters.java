package isthmus.server.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.server.api.Binder;
import isthmus.server.api.Problem;
import isthmus.server.api.Scalars;
import isthmus.server.api.Shape;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the parameters' record of path and query. */
final class Parameters {
    private Parameters() {}

    /** @throws Problem that names each parameter that is unknown, missing, repeated or wrong */
    static <P extends Record> P bind(Class<P> type, Map<String, String> variables, String rawQuery) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        query(rawQuery, given);
        for (String variable : variables.keySet()) {
            if (given.containsKey(variable)) {
                throw Problem.invalid(variable, "given in the path already");
            }
        }
        variables.forEach((name, value) -> given.put(name, List.of(value)));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        Shape.of(type).members().forEach(member -> shapes.put(member.name(), member.shape()));
        given.forEach((name, values) -> json.set(name, node(name, values, shapes.get(name))));
        return Binder.bind(type, json, "parameters");
    }

    private static JsonNode node(String name, List<String> values, @Nullable Shape shape) {
        if (shape instanceof Shape.Items items && items.item() instanceof Shape.Scalar scalar) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            values.forEach(value -> array.add(Scalars.node(scalar, value)));
            return array;
        }
        if (values.size() > 1) {
            throw Problem.invalid(name, "given " + values.size() + " times (expected: once)");
        }
        return shape instanceof Shape.Scalar scalar
                ? Scalars.node(scalar, values.get(0))
                : JsonNodeFactory.instance.textNode(values.get(0));
    }

    private static void query(String raw, Map<String, List<String>> given) {
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                given.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "the query is not encoded correctly: a % must be followed by two hex digits");
        }
    }
}
