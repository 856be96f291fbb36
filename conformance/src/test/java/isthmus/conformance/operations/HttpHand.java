package isthmus.conformance.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.conformance.fixture.Management;
import isthmus.server.api.Operation;
import isthmus.server.api.Shape;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes a request over HTTP of each operation, and compares each answer with the OpenAPI document. */
final class HttpHand extends Hand {
    private final Management management;
    private final Description description;

    HttpHand(Management management, String tokenName) {
        super(management, tokenName);
        this.management = management;
        this.description = new Description(management);
    }

    @Override
    Answer send(Operation<?, ?, ?> operation, ObjectNode arguments) {
        HttpResponse<String> response = management.send(request(operation, arguments));
        description.check(operation, response);
        boolean done = response.statusCode() < 300;
        return new Answer(
                done,
                done
                        ? response.body()
                        : management.json(response.body()).get("detail").asText());
    }

    @Override
    BufferedReader stream(Operation<?, ?, ?> operation, ObjectNode arguments) {
        return new BufferedReader(
                new InputStreamReader(management.stream(request(operation, arguments)), StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(Operation<?, ?, ?> operation, ObjectNode arguments) {
        String target = target(operation, arguments);
        String body = arguments.isEmpty() ? "" : arguments.toString();
        return management
                .request("/api/v1" + target)
                .header("Authorization", "Bearer " + token())
                .method(operation.verb().name(), HttpRequest.BodyPublishers.ofString(body));
    }

    /** Path and query, of arguments that are taken away; what is left is the body. */
    private static String target(Operation<?, ?, ?> operation, ObjectNode arguments) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (Shape.Member parameter : Shape.of(operation.parameters()).members()) {
            JsonNode value = arguments.remove(parameter.name());
            String variable = "{" + parameter.name() + "}";
            if (value != null && path.contains(variable)) {
                path = path.replace(variable, Management.encoded(value.asText()));
            } else if (value != null) {
                (value.isArray() ? value : List.of(value))
                        .forEach(each -> query.add(parameter.name() + "=" + Management.encoded(each.asText())));
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    @Override
    public String toString() {
        return "http";
    }
}
