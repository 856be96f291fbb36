package isthmus.server.api;

/**
 * What is wrong with one field or parameter of a request.
 *
 * @param field its path, such as {@code statements[0].effect}
 * @param detail such as {@code 0 (expected: 1..1000)}
 */
public record FieldProblem(String field, String detail) {}
