package isthmus.server.api.http;

import isthmus.server.api.Problem;
import isthmus.server.api.Route;
import isthmus.server.api.Verb;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. Immutable, any thread. */
final class RouteTable {
    static final String PREFIX = "/api/v1";

    /**
     * A route that fits.
     *
     * @param variables of the path, decoded
     */
    record Match(Route<?, ?, ?> route, Map<String, String> variables) {}

    private record Entry(Route<?, ?, ?> route, List<String> segments) {}

    private final List<Entry> entries = new ArrayList<>();

    /** @throws IllegalArgumentException when two routes have the same method and path, or the same command */
    RouteTable(List<Route<?, ?, ?>> routes) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (Route<?, ?, ?> route : routes) {
            var operation = route.operation();
            String place = operation.verb() + " " + operation.path().replaceAll("\\{[^}]*}", "{}");
            if (seen.put(place, "") != null || seen.put(operation.id(), "") != null) {
                throw new IllegalArgumentException("two operations are " + place + " or " + operation.id());
            }
            entries.add(new Entry(route, segmentsOf(PREFIX + operation.path())));
        }
    }

    List<Route<?, ?, ?>> routes() {
        return entries.stream().<Route<?, ?, ?>>map(Entry::route).toList();
    }

    /**
     * The route of a request; of several that fit, the one with the fewest variables.
     *
     * @param rawPath as sent
     * @throws Problem when there is none: 404, or 405 when only the method is wrong
     */
    Match find(String method, String rawPath) {
        List<String> segments = segmentsOf(rawPath);
        Match best = null;
        TreeSet<String> others = new TreeSet<>();
        for (Entry entry : entries) {
            Map<String, String> variables = variables(entry.segments(), segments);
            Verb verb = entry.route().operation().verb();
            if (variables != null && !verb.name().equals(method)) {
                others.add(verb.name());
            } else if (variables != null
                    && (best == null || variables.size() < best.variables().size())) {
                best = new Match(entry.route(), variables);
            }
        }
        if (best != null) {
            return best;
        }
        if (!others.isEmpty()) {
            String allowed = String.join(", ", others);
            throw Problem.of(405, method + " is not possible here (expected: " + allowed + ")")
                    .with("Allow", allowed);
        }
        throw Problem.notFound("there is nothing at this path (" + PREFIX + "/openapi.json lists what there is)");
    }

    /** The values of the variables, or null when the path is another. */
    private static @Nullable Map<String, String> variables(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return null;
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < template.size(); i++) {
            String expected = template.get(i);
            if (expected.startsWith("{") && !path.get(i).isEmpty()) {
                variables.put(expected.substring(1, expected.length() - 1), path.get(i));
            } else if (!expected.equals(path.get(i))) {
                return null;
            }
        }
        return variables;
    }

    private static List<String> segmentsOf(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String segment : rawPath.split("/", -1)) {
            segments.add(decoded(segment));
        }
        return segments;
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "the path is not encoded correctly: a % must be followed by two hex digits");
        }
    }
}
