package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import isthmus.conformance.fixture.Management;
import isthmus.server.api.Operation;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;

/** The OpenAPI document that the server serves, and whether an answer is what it says. */
final class Description {
    private final Management management;
    private final JsonNode document;

    Description(Management management) {
        this.management = management;
        this.document = management.json(
                management.send(management.request("/api/v1/openapi.json")).body());
    }

    /** Fails for an answer, of success or refusal, that has another status, type or form than the document says. */
    void check(Operation<?, ?, ?> operation, HttpResponse<String> response) {
        JsonNode responses = document.path("paths")
                .path(operation.path())
                .path(operation.verb().name().toLowerCase(Locale.ROOT))
                .path("responses");
        JsonNode described = responses.path(Integer.toString(response.statusCode()));
        if (described.isMissingNode()) {
            assertThat(response.statusCode()).as(operation.id()).isGreaterThanOrEqualTo(400);
            described = responses.path("default");
        }
        JsonNode content = described.path("content");
        if (content.isMissingNode()) {
            assertThat(response.body()).as(operation.id()).isEmpty();
            return;
        }
        String type =
                response.headers().firstValue("Content-Type").orElse("none").split(";", 2)[0];
        assertThat(content.fieldNames()).as(operation.id()).toIterable().contains(type);
        if (type.endsWith("json")) {
            check(operation.id(), content.path(type).path("schema"), management.json(response.body()));
        }
    }

    private void check(String place, JsonNode schema, JsonNode value) {
        String reference = schema.path("$ref").asText();
        if (!reference.isEmpty()) {
            check(place, document.at(reference.substring(1)), value);
            return;
        }
        switch (schema.path("type").asText()) {
            case "object" -> checkFields(place, schema, value);
            case "array" -> {
                assertThat(value.isArray()).as("%s: an array", place).isTrue();
                value.forEach(item -> check(place + "[]", schema.get("items"), item));
            }
            case "string" -> checkText(place, schema, value);
            case "integer" ->
                assertThat(value.isIntegralNumber()).as("%s: an integer", place).isTrue();
            case "number" ->
                assertThat(value.isNumber()).as("%s: a number", place).isTrue();
            case "boolean" ->
                assertThat(value.isBoolean()).as("%s: a boolean", place).isTrue();
            case "" ->
                assertThat(schema.has("description")).as("%s: any JSON", place).isTrue();
            default -> throw new AssertionError(place + " has no type that is known here: " + schema);
        }
    }

    private static void checkText(String place, JsonNode schema, JsonNode value) {
        assertThat(value.isTextual()).as("%s: a string", place).isTrue();
        if (schema.has("enum")) {
            assertThat(schema.get("enum")).as(place).contains(TextNode.valueOf(value.asText()));
        }
        if (schema.path("format").asText().equals("date-time")) {
            assertThat(Instant.parse(value.asText())).as(place).isNotNull();
        }
    }

    private void checkFields(String place, JsonNode schema, JsonNode value) {
        assertThat(value.isObject()).as("%s: an object", place).isTrue();
        schema.path("required").forEach(name -> assertThat(value.has(name.asText()))
                .as("%s has %s", place, name.asText())
                .isTrue());
        value.fieldNames().forEachRemaining(name -> {
            JsonNode field = schema.path("properties").path(name);
            JsonNode described = field.isMissingNode() ? schema.path("additionalProperties") : field;
            assertThat(described.isObject())
                    .as("%s: %s is described", place, name)
                    .isTrue();
            check(place + "." + name, described, value.get(name));
        });
    }
}
