package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import isthmus.conformance.fixture.Management;
import isthmus.server.api.Operation;
import isthmus.server.operations.ResourceOperations;
import java.io.BufferedReader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A way to have operations carried out, with a token of its own. Remembers which were.
 */
abstract class Hand {
    /** How it went: what was answered, or the sentence with which it was refused. */
    record Answer(boolean done, String text) {}

    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> carriedOut = new ConcurrentSkipListSet<>();
    private final Management management;
    private final String tokenName;
    private final String token;

    /** @param tokenName by which the audit log tells what this hand has done */
    Hand(Management management, String tokenName) {
        this.management = management;
        this.tokenName = tokenName;
        this.token = management
                .write("POST", "/tokens", "{\"name\":\"" + tokenName + "\",\"role\":\"admin\"}")
                .get("token")
                .asText();
    }

    String token() {
        return token;
    }

    /**
     * Has an operation carried out, and returns what is answered.
     *
     * @param arguments names and values in turn: parameters and fields of the body
     * @throws AssertionError when it is refused
     */
    final JsonNode ask(Operation<?, ?, ?> operation, Object... arguments) {
        Answer answer = send(operation, tree(arguments));
        assertThat(answer.done())
                .as("%s, %s: %s", this, operation.id(), answer.text())
                .isTrue();
        carriedOut.add(operation.id());
        return operation.form() == Operation.Form.TEXT
                ? TextNode.valueOf(answer.text())
                : management.json(answer.text());
    }

    /** Has an operation refused, and returns the sentence. */
    final String refused(Operation<?, ?, ?> operation, Object... arguments) {
        Answer answer = send(operation, tree(arguments));
        assertThat(answer.done())
                .as("%s, %s: %s", this, operation.id(), answer.text())
                .isFalse();
        return answer.text();
    }

    /** Begins to read a live stream, which ends by itself. */
    final Events follow(Operation<?, ?, ?> operation, Object... arguments) {
        return new Events(stream(operation, tree(arguments)).lines(), () -> carriedOut.add(operation.id()));
    }

    /** The operations that were answered with success. */
    final Set<String> carriedOut() {
        return carriedOut;
    }

    /** The operations that the server's audit log says were done with this hand's token. */
    final Set<String> writtenDown() {
        Set<String> operations = new TreeSet<>();
        for (JsonNode entry :
                management.get("/audit?limit=1000&token=" + tokenName).get("items")) {
            if (entry.get("status").asInt() < 300) {
                operations.add(entry.get("operation").asText());
            }
        }
        return operations;
    }

    /** What is called so by nobody else: each hand makes things of its own. */
    final String own(String name) {
        return name + "-" + this;
    }

    /** Makes a topic, and returns its name. */
    final String newTopic(String name) {
        ask(ResourceOperations.CREATE_TOPIC, "name", name);
        return name;
    }

    /** Makes a group for server applications that consume, and returns its name. */
    final String newConsumerGroup(String name) {
        ask(ResourceOperations.CREATE_GROUP, "name", name, "kind", "consumer");
        return name;
    }

    abstract Answer send(Operation<?, ?, ?> operation, ObjectNode arguments);

    /** The lines of a live stream, some of which have an event in JSON. */
    abstract BufferedReader stream(Operation<?, ?, ?> operation, ObjectNode arguments);

    private ObjectNode tree(Object... arguments) {
        ObjectNode tree = json.createObjectNode();
        for (int i = 0; i < arguments.length; i += 2) {
            tree.set((String) arguments[i], json.valueToTree(arguments[i + 1]));
        }
        return tree;
    }
}
