package isthmus.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML into {@link Node}s. Values stay the text that was written: {@code off} is not a boolean here and
 * {@code 0123} no octal number; what they mean is decided where the key is known.
 */
final class YamlText {
    private final String source;
    private final boolean lines;

    /** @param lines whether the text has lines worth naming, as a file does */
    YamlText(String source, boolean lines) {
        this.source = source;
        this.lines = lines;
    }

    /** @throws ConfigurationException when the text is not YAML */
    Node read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        try {
            org.yaml.snakeyaml.nodes.Node root = new Yaml(options).compose(new java.io.StringReader(text));
            return root == null ? new Node.Scalar(null, origin(null)) : node(root, origin(root.getStartMark()));
        } catch (MarkedYAMLException e) {
            String problem = e.getProblem() == null ? "a syntax error" : e.getProblem();
            throw broken(origin(e.getProblemMark()), "not valid YAML: " + problem);
        } catch (YAMLException e) {
            throw broken(origin(null), "not valid YAML: " + firstLine(e));
        }
    }

    private Node node(org.yaml.snakeyaml.nodes.Node yaml, Origin origin) {
        if (yaml instanceof MappingNode mapping) {
            return mapping(mapping, origin);
        }
        if (yaml instanceof SequenceNode sequence) {
            List<Node> items = new ArrayList<>();
            for (org.yaml.snakeyaml.nodes.Node item : sequence.getValue()) {
                items.add(node(item, origin(item.getStartMark())));
            }
            return new Node.Sequence(items, origin);
        }
        ScalarNode scalar = (ScalarNode) yaml;
        boolean nothing = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN
                && scalar.getTag().equals(Tag.NULL);
        return new Node.Scalar(nothing ? null : scalar.getValue(), origin);
    }

    /** Each value is given the place of its key, which is the line that a person looks for. */
    private Node mapping(MappingNode yaml, Origin origin) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple entry : yaml.getValue()) {
            Origin at = origin(entry.getKeyNode().getStartMark());
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw broken(at, "a key must be a word");
            }
            if (entries.put(key.getValue(), node(entry.getValueNode(), at)) != null) {
                throw broken(at, key.getValue() + " is there twice");
            }
        }
        return new Node.Mapping(entries, origin);
    }

    private Origin origin(@Nullable Mark mark) {
        return new Origin(source, lines && mark != null ? mark.getLine() + 1 : 0);
    }

    private static ConfigurationException broken(Origin origin, String sentence) {
        return new ConfigurationException(List.of(origin + ": " + sentence));
    }

    private static String firstLine(YAMLException e) {
        String message = e.getMessage();
        return message == null ? "a syntax error" : message.lines().findFirst().orElse("a syntax error");
    }
}
