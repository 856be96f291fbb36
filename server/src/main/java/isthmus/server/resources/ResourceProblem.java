package isthmus.server.resources;

import isthmus.server.permissions.PolicyProblem;
import java.util.Map;

/** A change of resources that cannot be made. Nothing was changed. */
public final class ResourceProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String field;

    /** What is wrong, in general. */
    public enum Kind {
        /** A value breaks a rule. */
        INVALID,
        /** What is to be read or changed does not exist. */
        MISSING,
        /** What is to be made exists already. */
        EXISTS,
        /** It is needed by something else, or comes with the server. */
        IN_USE
    }

    private ResourceProblem(Kind kind, String field, String message) {
        super(message);
        this.kind = kind;
        this.field = field;
    }

    static ResourceProblem invalid(String field, String message) {
        return new ResourceProblem(Kind.INVALID, field, field + ": " + message);
    }

    static ResourceProblem invalid(PolicyProblem problem) {
        String field = problem.field();
        String place = field.equals("document") || field.isEmpty() ? "document" : "document." + field;
        return invalid(place, problem.reason());
    }

    /**
     * What has this name.
     *
     * @param what the kind of thing it is, and the field in which it was named
     * @throws ResourceProblem when there is none
     */
    static <T> T require(Map<String, T> all, String what, String name) {
        T found = all.get(name);
        if (found == null) {
            throw missing(what, what, name);
        }
        return found;
    }

    static ResourceProblem missing(String field, String what, String name) {
        return new ResourceProblem(Kind.MISSING, field, what + " " + name + " does not exist");
    }

    static ResourceProblem exists(String field, String what, String name) {
        return new ResourceProblem(Kind.EXISTS, field, what + " " + name + " exists already; choose another name");
    }

    static ResourceProblem inUse(String field, String message) {
        return new ResourceProblem(Kind.IN_USE, field, message);
    }

    public Kind kind() {
        return kind;
    }

    /** What the problem is with, such as {@code name} or {@code document.Statement[0].Action}. */
    public String field() {
        return field;
    }
}
