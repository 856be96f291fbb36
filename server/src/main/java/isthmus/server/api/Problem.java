package isthmus.server.api;

import java.util.List;
import java.util.Map;

/** A request is refused. Becomes a problem document (RFC 9457); the detail is a sentence for the caller. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<FieldProblem> fields;
    private final transient Map<String, String> headers;

    private Problem(int status, String detail, List<FieldProblem> fields, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.fields = List.copyOf(fields);
        this.headers = Map.copyOf(headers);
    }

    /** @param status an HTTP status, 400 or more */
    public static Problem of(int status, String detail) {
        return new Problem(status, detail, List.of(), Map.of());
    }

    /** One field or parameter is wrong. */
    public static Problem invalid(String field, String detail) {
        return invalid(List.of(new FieldProblem(field, detail)));
    }

    /** The same for a sentence that may name the field at its beginning: {@code name: missing}. */
    public static Problem invalidAsSaid(String field, String sentence) {
        String said = field + ": ";
        return invalid(field, sentence.startsWith(said) ? sentence.substring(said.length()) : sentence);
    }

    public static Problem invalid(List<FieldProblem> fields) {
        FieldProblem first = fields.get(0);
        String more = fields.size() > 1 ? " (and " + (fields.size() - 1) + " more)" : "";
        return new Problem(400, first.field() + ": " + first.detail() + more, fields, Map.of());
    }

    /** With another status, what is wrong with one field, parameter or header; the sentence begins with its name. */
    public static Problem naming(int status, String field, String detail) {
        return new Problem(status, field + ": " + detail, List.of(new FieldProblem(field, detail)), Map.of());
    }

    /** The same with a sentence that stands for itself, such as {@code topic T exists already}. */
    public static Problem about(int status, String field, String sentence) {
        return new Problem(status, sentence, List.of(new FieldProblem(field, sentence)), Map.of());
    }

    /** What a path or a body names does not exist. */
    public static Problem notFound(String detail) {
        return of(404, detail);
    }

    /** It exists already, or is in a state in which this cannot be done. */
    public static Problem conflict(String detail) {
        return of(409, detail);
    }

    /** The same with one header, such as {@code Retry-After}. */
    public Problem with(String header, String value) {
        return new Problem(status, detail(), fields, Map.of(header, value));
    }

    public int status() {
        return status;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldProblem> fields() {
        return fields;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
