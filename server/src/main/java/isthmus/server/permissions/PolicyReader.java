package isthmus.server.permissions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Reads policy documents (requirements 3.9). What it does not know it refuses: a policy must not mean less than it says. */
public final class PolicyReader {
    private static final String PREFIX = "acs:mq:*:";
    private static final int MOST_BYTES = 64 * 1024;

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @throws PolicyProblem that names the field and what is expected there */
    public Policy read(String name, String document) {
        return read(name, document, false);
    }

    Policy read(String name, String document, boolean system) {
        JsonNode root = parse(document);
        requireKnown("", root, Set.of("Version", "Statement"));
        if (!root.path("Version").asText().equals("1")) {
            throw new PolicyProblem("Version", shown(root.path("Version")) + " (expected: \"1\")");
        }
        JsonNode list = root.path("Statement");
        if (!list.isArray() || list.isEmpty()) {
            throw new PolicyProblem("Statement", "missing (expected: a list of at least one statement)");
        }
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            statements.add(statement("Statement[" + i + "]", list.get(i)));
        }
        return new Policy(name, document, system, statements);
    }

    private JsonNode parse(String document) {
        if (document.length() > MOST_BYTES) {
            throw new PolicyProblem("document", "is longer than " + MOST_BYTES + " characters");
        }
        try {
            JsonNode root = json.readTree(document);
            if (root == null || !root.isObject()) {
                throw new PolicyProblem("document", "is no JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new PolicyProblem("document", "is not JSON" + place);
        }
    }

    private static void requireKnown(String where, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw new PolicyProblem(where, "is no JSON object");
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new PolicyProblem(
                        where.isEmpty() ? name : where + "." + name,
                        "is not known here (expected: "
                                + String.join(", ", known.stream().sorted().toList()) + ")");
            }
        }
    }

    private static Statement statement(String where, JsonNode node) {
        requireKnown(where, node, Set.of("Effect", "Action", "Resource"));
        String effect = node.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw new PolicyProblem(
                    where + ".Effect", shown(node.path("Effect")) + " (expected: \"Allow\" or \"Deny\")");
        }
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (Text text : texts(where + ".Action", node.path("Action"))) {
            Set<Action> meant = Action.of(text.value);
            if (meant == null) {
                throw new PolicyProblem(text.field, "\"" + text.value + "\" (expected: mq:PUB, mq:SUB or mq:*)");
            }
            actions.addAll(meant);
        }
        List<TopicPattern> topics = new ArrayList<>();
        for (Text text : texts(where + ".Resource", node.path("Resource"))) {
            topics.add(topic(text));
        }
        return new Statement(effect.equals("Allow"), actions, topics);
    }

    /** {@code acs:mq:<region>:<account>:<topic>}; the region is always {@code *}, and there is one owner of all topics. */
    private static TopicPattern topic(Text resource) {
        int end = resource.value.startsWith(PREFIX) ? resource.value.indexOf(':', PREFIX.length()) : -1;
        if (end < 0) {
            throw new PolicyProblem(
                    resource.field,
                    "\"" + resource.value + "\" (expected: acs:mq:*:*: and a topic, such as acs:mq:*:*:Orders)");
        }
        try {
            return TopicPattern.parse(resource.value.substring(end + 1));
        } catch (IllegalArgumentException e) {
            throw new PolicyProblem(resource.field, String.valueOf(e.getMessage()));
        }
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "missing" : node.toString();
    }

    private record Text(String field, String value) {}

    /** One text, or a list of texts. */
    private static List<Text> texts(String field, JsonNode node) {
        List<Text> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(new Text(field, node.asText()));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            if (!node.get(i).isTextual()) {
                throw new PolicyProblem(field + "[" + i + "]", "is no text");
            }
            texts.add(new Text(field + "[" + i + "]", node.get(i).asText()));
        }
        if (texts.isEmpty()) {
            throw new PolicyProblem(field, "missing (expected: a text or a list of texts)");
        }
        return texts;
    }
}
