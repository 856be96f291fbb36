package isthmus.server.api;

/**
 * One request, checked: the caller may ask, and everything is within its bounds.
 *
 * @param parameters of path and query
 */
public record Call<P extends Record, B extends Record>(P parameters, B body, Caller caller) {}
