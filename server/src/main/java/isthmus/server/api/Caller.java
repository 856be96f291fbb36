package isthmus.server.api;

/**
 * Who asks.
 *
 * @param token the name of the token, never the token
 * @param address the address the request came from
 */
public record Caller(String token, Role role, String address) {}
