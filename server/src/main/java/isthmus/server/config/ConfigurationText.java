package isthmus.server.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the configuration as a commented YAML file: the one in effect, or the example with every default. Each key
 * comes with its meaning, its bounds and its default; secrets are masked.
 */
public final class ConfigurationText {
    private static final int WIDTH = 110;
    private static final String MASK = "********";
    /** What needs no quotes; {@code null} without them would be nothing. */
    private static final Pattern PLAIN = Pattern.compile("(?!(?i:null)$)[A-Za-z0-9_./][A-Za-z0-9_./@+=-]*");

    private final StringBuilder text = new StringBuilder();
    private final boolean example;

    private ConfigurationText(boolean example) {
        this.example = example;
    }

    /** What is in effect. It can be used as a configuration file, once the masked secrets are filled in. */
    public static String effective(Configuration configuration) {
        ConfigurationText writer = new ConfigurationText(false);
        writer.section(Configuration.class, configuration, 0);
        return writer.text.toString();
    }

    /** The example file: every key there is, commented out, with its default. */
    public static String example() {
        ConfigurationText writer = new ConfigurationText(true);
        writer.comment(
                "The configuration of Isthmus: isthmus run --config FILE. Every key is here, commented out, with its"
                        + " default; write only what is to be different. An environment variable overrides the file"
                        + " (ISTHMUS_MQTT_TCP_PORT=1884), and --set mqtt.tcp.port=1884 overrides both. A port of 0 is a"
                        + " free one that the system chooses; off switches a listener off.",
                0);
        writer.text.append('\n');
        writer.section(Configuration.class, Configuration.defaults(), 0);
        return writer.text.toString();
    }

    private void section(Class<?> type, Object section, int depth) {
        for (RecordComponent component : type.getRecordComponents()) {
            Key key = Schema.keyOf(component);
            Object value = valueOf(component, section);
            if (depth == 0 && !text.isEmpty() && text.charAt(text.length() - 2) != '\n') {
                text.append('\n');
            }
            if (Schema.isSection(component)) {
                comment(key.value(), depth);
                line(component.getName() + ":", depth, false);
                section(component.getType(), required(component, value), depth + 1);
            } else {
                comment(key.value() + facts(Schema.settingOf(component.getName(), component)), depth);
                itemKeys(component, depth);
                line(component.getName() + ":" + written(value), depth, example || value == null);
            }
        }
    }

    /** Bounds and default, where there are any. */
    private static String facts(Setting setting) {
        List<String> facts = new ArrayList<>();
        if (!setting.expected().startsWith("a ")) {
            facts.add(setting.expected());
        }
        if (!setting.key().unset().isEmpty()) {
            facts.add("default: " + setting.key().unset());
        }
        return facts.isEmpty() ? "" : " (" + String.join("; ", facts) + ")";
    }

    /** The keys of one item, for a list of records. */
    private void itemKeys(RecordComponent list, int depth) {
        Class<?> item = Schema.itemRecord(list);
        if (item != null) {
            for (RecordComponent component : item.getRecordComponents()) {
                String meaning = Schema.keyOf(component).value() + facts(Schema.settingOf("", component));
                comment("  " + component.getName() + ": " + meaning, depth);
            }
        }
    }

    private static String written(@Nullable Object value) {
        return value == null ? "" : " " + yaml(value);
    }

    static String yaml(Object value) {
        if (value instanceof Collection<?> items) {
            return items.stream().map(ConfigurationText::yaml).sorted().collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Record item && !(value instanceof Port)) {
            return Arrays.stream(item.getClass().getRecordComponents())
                    .map(component -> component.getName() + ": " + itemValue(component, item))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        String plain = value instanceof Enum<?> word ? ScalarText.lowerCase(word.name()) : value.toString();
        return PLAIN.matcher(plain).matches() ? plain : quoted(plain);
    }

    private static String itemValue(RecordComponent component, Record item) {
        return Schema.keyOf(component).secret() ? quoted(MASK) : yaml(required(component, valueOf(component, item)));
    }

    private static String quoted(String text) {
        return text.codePoints().mapToObj(ConfigurationText::escaped).collect(Collectors.joining("", "\"", "\""));
    }

    /** A character as it stands between double quotes: YAML folds lines, and refuses what cannot be printed. */
    private static String escaped(int character) {
        if (character == '"' || character == '\\') {
            return "\\" + (char) character;
        }
        boolean printable = (character >= ' ' && character <= '~') || Character.isLetterOrDigit(character);
        return printable ? Character.toString(character) : String.format("\\U%08x", character);
    }

    static @Nullable Object valueOf(RecordComponent component, Object section) {
        try {
            return component.getAccessor().invoke(section);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static Object required(RecordComponent component, @Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException(component + " is null");
        }
        return value;
    }

    private void line(String line, int depth, boolean commentedOut) {
        text.append("  ".repeat(depth))
                .append(commentedOut ? "#" : "")
                .append(line)
                .append('\n');
    }

    /** A comment, wrapped between words. */
    private void comment(String comment, int depth) {
        String start = "  ".repeat(depth) + "# ";
        String indent = comment.startsWith("  ") ? "  " : "";
        StringBuilder line = new StringBuilder(start).append(indent);
        boolean empty = true;
        for (String word : comment.strip().split(" ", -1)) {
            if (!empty && line.length() + word.length() >= WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(start).append(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        text.append(line).append('\n');
    }
}
