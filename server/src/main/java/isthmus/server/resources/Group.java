package isthmus.server.resources;

/** A group of devices or of server applications. */
public record Group(String name, GroupKind kind, String remark) {}
