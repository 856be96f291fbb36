package isthmus.server.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads the configuration: a YAML file, overridden by environment variables, overridden by {@code key=value} options.
 * What is named nowhere has its default.
 */
public final class ConfigurationReader {
    /** Variables that are not keys: what the launcher and isthmus ctl read. */
    private static final List<String> LAUNCHER_VARIABLES =
            List.of("ISTHMUS_CA_FILE", "ISTHMUS_JAVA_OPTS", "ISTHMUS_LOG", "ISTHMUS_TOKEN", "ISTHMUS_URL");

    private final Schema schema = new Schema();
    private final Map<String, String> environment;
    private final Consumer<String> warnings;

    /**
     * @param environment the environment variables
     * @param warnings takes sentences about what is probably a mistake
     */
    public ConfigurationReader(Map<String, String> environment, Consumer<String> warnings) {
        this.environment = new TreeMap<>(environment);
        this.warnings = warnings;
    }

    /**
     * Without a file.
     *
     * @param overrides {@code key=value} each; later ones win
     * @throws ConfigurationException with all mistakes
     */
    public Configuration read(List<String> overrides) {
        return read(Node.Mapping.empty(Origin.of("defaults")), overrides);
    }

    /**
     * With a file.
     *
     * @param overrides {@code key=value} each; later ones win
     * @throws ConfigurationException with all mistakes
     */
    public Configuration read(Path file, List<String> overrides) {
        return read(file.toString(), contentOf(file), overrides);
    }

    /** With the text of a file, which messages call {@code source}. */
    Configuration read(String source, String text, List<String> overrides) {
        return read(mapping(source, text), overrides);
    }

    private Configuration read(Node.Mapping written, List<String> overrides) {
        Node.Mapping merged = written.overriddenBy(fromEnvironment()).overriddenBy(fromOptions(overrides));
        return new RecordReader(schema).read(merged);
    }

    private static Node.Mapping mapping(String source, String text) {
        Node root = new YamlText(source, true).read(text);
        if (root instanceof Node.Mapping mapping) {
            return mapping;
        }
        if (root instanceof Node.Scalar scalar && scalar.text() == null) {
            return Node.Mapping.empty(root.origin());
        }
        throw new ConfigurationException(List.of(root.origin() + ": not a configuration (expected: key: value)"));
    }

    private static String contentOf(Path file) {
        try {
            return FileText.read(file);
        } catch (IOException e) {
            throw new ConfigurationException(List.of("configuration file " + e.getMessage()));
        }
    }

    private Node.Mapping fromEnvironment() {
        Node.Mapping root = Node.Mapping.empty(Origin.of("environment"));
        List<String> known = new ArrayList<>(LAUNCHER_VARIABLES);
        for (Setting setting : schema.settings()) {
            String name = setting.environmentName();
            known.add(name);
            String text = environment.get(name);
            if (text != null) {
                Node node = node(setting, text, Origin.of("environment variable " + name));
                root = root.overriddenBy(Node.Mapping.at(setting.path(), node));
            }
        }
        warnOfUnknownVariables(known);
        return root;
    }

    /** Only a warning: a container platform sets variables of its own that may begin with this product's name. */
    private void warnOfUnknownVariables(List<String> known) {
        for (String name : environment.keySet()) {
            if (Setting.isEnvironmentName(name) && !known.contains(name)) {
                String nearest = new NearestName(known).to(name);
                warnings.accept("environment variable " + name + " names no key and is ignored"
                        + (nearest == null ? "" : "; did you mean " + nearest + "?"));
            }
        }
    }

    private Node.Mapping fromOptions(List<String> overrides) {
        Node.Mapping root = Node.Mapping.empty(Origin.of("--set"));
        List<String> mistakes = new ArrayList<>();
        for (String override : overrides) {
            int equals = override.indexOf('=');
            String path = equals < 0 ? override : override.substring(0, equals).strip();
            if (equals < 0) {
                mistakes.add("--set " + path + ": has no value (expected: key=value)");
            } else if (!schema.hasPath(path)) {
                mistakes.add("--set: " + path + ": no such key" + schema.suggestion(path));
            } else {
                Node node = option(path, override.substring(equals + 1));
                root = root.overriddenBy(Node.Mapping.at(path, node));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
        return root;
    }

    private Node option(String path, String text) {
        Origin origin = Origin.of("--set");
        return schema.setting(path)
                .map(setting -> node(setting, text, origin))
                .orElseGet(() -> new YamlText(origin.source(), false).read(text));
    }

    /** Lists are in YAML's flow syntax; a single value is taken as it is, so that nobody has to quote it twice. */
    private static Node node(Setting setting, String text, Origin origin) {
        if (setting.isList()) {
            return new YamlText(origin.source(), false).read(text);
        }
        return new Node.Scalar(text.isEmpty() ? null : text, origin);
    }
}
