package isthmus.gateway.auth;

/**
 * Which Client Identifiers are accepted.
 *
 * @param maxBytes the longest one, in bytes of UTF-8
 * @param anyForm whether those that have not the form {@code GroupID@@@DeviceID} are, the empty one included; such a
 *     Client signs its whole Client Identifier, belongs to no group, and has no client events
 */
public record ClientIdRules(int maxBytes, boolean anyForm) {}
