package isthmus.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was written, before it is known what it means: a tree of texts, each with the place it stands at. */
sealed interface Node {
    Origin origin();

    /** @param text as it was written; null for nothing ({@code key:}) */
    record Scalar(@Nullable String text, Origin origin) implements Node {
        /** Without the text, which may be a secret. */
        @Override
        public String toString() {
            return "Scalar[" + origin + "]";
        }
    }

    record Sequence(List<Node> items, Origin origin) implements Node {}

    record Mapping(Map<String, Node> entries, Origin origin) implements Node {
        static Mapping empty(Origin origin) {
            return new Mapping(Map.of(), origin);
        }

        /** This mapping with another's entries, which win; mappings in both are merged likewise. */
        Mapping overriddenBy(Mapping other) {
            Map<String, Node> merged = new LinkedHashMap<>(entries);
            other.entries.forEach((name, theirs) -> {
                merged.put(name, theirs);
                if (entries.get(name) instanceof Mapping ours && theirs instanceof Mapping mapping) {
                    merged.put(name, ours.overriddenBy(mapping));
                }
            });
            return new Mapping(merged, origin);
        }

        /** A mapping that holds one node at the end of a dotted path. */
        static Mapping at(String path, Node node) {
            int dot = path.indexOf('.');
            return dot < 0
                    ? new Mapping(Map.of(path, node), node.origin())
                    : new Mapping(Map.of(path.substring(0, dot), at(path.substring(dot + 1), node)), node.origin());
        }
    }
}
