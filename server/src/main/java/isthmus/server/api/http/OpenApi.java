package isthmus.server.api.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.ProblemDocument;
import isthmus.server.api.Route;
import isthmus.server.api.Shape;
import isthmus.server.api.Verb;
import java.util.List;
import java.util.Locale;

/** Writes the OpenAPI 3.1 document of the routes. */
final class OpenApi {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final OpenApiSchemas schemas = new OpenApiSchemas();

    private OpenApi() {}

    /** @param version of the program */
    static ObjectNode document(List<Route<?, ?, ?>> routes, String version) {
        return new OpenApi().write(routes, version);
    }

    private ObjectNode write(List<Route<?, ?, ?>> routes, String version) {
        ObjectNode document = NODES.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Isthmus")
                .put("version", version)
                .put(
                        "description",
                        "Operates an Isthmus server: an MQTT 3.1.1 gateway on an embedded Apache RocketMQ.");
        document.putArray("servers").addObject().put("url", RouteTable.PREFIX);
        document.putArray("security").addObject().putArray("token");
        ObjectNode paths = document.putObject("paths");
        for (Route<?, ?, ?> route : routes) {
            Operation<?, ?, ?> operation = route.operation();
            ObjectNode path = paths.withObjectProperty(operation.path());
            path.set(operation.verb().name().toLowerCase(Locale.ROOT), operation(operation));
        }
        schemas.reference(Shape.of(ProblemDocument.class));
        ObjectNode components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        components.set("schemas", schemas.all());
        return document;
    }

    private ObjectNode operation(Operation<?, ?, ?> operation) {
        ObjectNode node = NODES.objectNode();
        node.put("operationId", operation.id());
        node.put("summary", operation.summary());
        node.putArray("tags").add(operation.command().split(" ", 2)[0]);
        node.put("x-role", operation.role().name().toLowerCase(Locale.ROOT));
        ArrayNode parameters = parameters(operation);
        if (!parameters.isEmpty()) {
            node.set("parameters", parameters);
        }
        if (operation.body() != None.class) {
            ObjectNode body = node.putObject("requestBody");
            body.put("required", true);
            body.set("content", content("application/json", schemas.reference(Shape.of(operation.body()))));
        }
        ObjectNode responses = node.putObject("responses");
        response(responses, operation);
        ObjectNode problem = responses.putObject("default");
        problem.put("description", "The request is refused.");
        problem.set("content", content("application/problem+json", schemas.reference(Shape.of(ProblemDocument.class))));
        return node;
    }

    private ArrayNode parameters(Operation<?, ?, ?> operation) {
        ArrayNode all = NODES.arrayNode();
        for (Shape.Member member : Shape.of(operation.parameters()).members()) {
            boolean inPath = operation.path().contains("{" + member.name() + "}");
            ObjectNode parameter = all.addObject();
            parameter.put("name", member.name());
            parameter.put("in", inPath ? "path" : "query");
            parameter.put("description", member.meaning());
            parameter.put("required", inPath || member.isRequired());
            parameter.set("schema", schemas.of(member));
        }
        if (operation.verb() == Verb.POST) {
            ObjectNode key = all.addObject();
            key.put("name", "Idempotency-Key").put("in", "header").put("required", false);
            key.put("description", "A new text for each request; the same again when the request is repeated.");
            key.putObject("schema").put("type", "string").put("maxLength", 255);
        }
        return all;
    }

    private void response(ObjectNode responses, Operation<?, ?, ?> operation) {
        if (operation.form() == Operation.Form.NOTHING) {
            responses.putObject("204").put("description", "Done.");
            return;
        }
        ObjectNode response = responses.putObject("200");
        response.put("description", operation.summary());
        switch (operation.form()) {
            case RECORD -> response.set("content", content("application/json", answer(operation)));
            case PAGE -> response.set("content", content("application/json", page(answer(operation))));
            case STREAM -> response.set("content", content("text/event-stream", answer(operation)));
            default ->
                response.set("content", content("text/csv", NODES.objectNode().put("type", "string")));
        }
    }

    private ObjectNode answer(Operation<?, ?, ?> operation) {
        return schemas.reference(Shape.of(operation.answer().asSubclass(Record.class)));
    }

    private static ObjectNode page(ObjectNode item) {
        ObjectNode page = NODES.objectNode().put("type", "object");
        ObjectNode properties = page.putObject("properties");
        properties.putObject("items").put("type", "array").set("items", item);
        properties
                .putObject("next")
                .put("type", "string")
                .put("description", "The cursor of the next page; left out on the last one.");
        page.putArray("required").add("items");
        return page;
    }

    private static ObjectNode content(String mediaType, ObjectNode schema) {
        ObjectNode content = NODES.objectNode();
        content.putObject(mediaType).set("schema", schema);
        return content;
    }
}
