package isthmus.server.api.http;

import static isthmus.server.api.http.ServedApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.server.api.Call;
import isthmus.server.api.EventSource;
import isthmus.server.api.EventStream;
import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.api.Role;
import isthmus.server.api.Route;
import isthmus.server.api.access.AuditEntry;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerTest {
    enum Colour {
        DARK_RED,
        GREEN
    }

    record Search(
            @Field("A colour.") @Nullable Colour colour,
            @Field(value = "So many.", unset = "2", min = 1, max = 10) int limit,
            @Field("Where to go on.") @Nullable String cursor) {}

    record Name(@Field("Its name.") String name) {}

    record Part(@Field(value = "Its weight.", min = 1) int weight) {}

    record Thing(
            @Field(value = "Its name.", min = 1, max = 5) String name,
            @Field("Its colour.") Colour colour,
            @Field("Its parts.") List<Part> parts,
            @Field(value = "A secret.", max = 3, secret = true) @Nullable String secret) {
        Thing {
            if (name.equals("bad")) {
                throw new IllegalArgumentException("name: bad (expected: a good one)");
            }
        }
    }

    private final List<String> things = new CopyOnWriteArrayList<>();
    private final List<EventStream> streams = new CopyOnWriteArrayList<>();
    private final List<String> made = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    private ServedApi api;

    @BeforeEach
    void serve() throws IOException {
        api = new ServedApi(
                directory,
                List.of(
                        Route.of(
                                Operation.get("/things", "things list", "Lists things.")
                                        .parameters(Search.class)
                                        .answersPageOf(Name.class),
                                this::list),
                        Route.of(
                                Operation.get("/things/{name}", "things show", "Shows a thing.")
                                        .parameters(Name.class)
                                        .answers(Name.class),
                                call -> call.parameters()),
                        Route.of(
                                Operation.post("/things", "things create", "Makes a thing.")
                                        .body(Thing.class)
                                        .answers(Name.class),
                                call -> {
                                    made.add(call.body().name());
                                    return new Name(call.body().name() + made.size());
                                }),
                        Route.of(
                                Operation.delete("/things/{name}", "things delete", "Deletes a thing.")
                                        .parameters(Name.class)
                                        .answersNothing(),
                                call -> {
                                    throw Problem.conflict("it is in use");
                                }),
                        Route.of(
                                Operation.get("/broken", "broken show", "Breaks.")
                                        .answers(Name.class),
                                call -> {
                                    throw new IllegalStateException("a secret detail");
                                }),
                        Route.of(
                                Operation.get("/torn", "torn show", "Breaks harder.")
                                        .answers(Name.class),
                                call -> {
                                    throw new NoClassDefFoundError("a secret detail");
                                }),
                        Route.of(
                                Operation.get("/live", "live watch", "Streams.").streams(Name.class),
                                call -> (EventSource) streams::add)),
                List.of(
                        new Plain("/health/live", true, () -> new Plain.Reply(200, "text/plain", "ok")),
                        new Plain("/metrics", false, () -> new Plain.Reply(503, "text/plain", "no"))));
        IntStream.range(0, 5).forEach(i -> things.add("thing" + i));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Page<Name> list(Call<Search, None> call) {
        String after = Page.key(call.parameters().cursor());
        List<Name> found = things.stream()
                .filter(name -> name.compareTo(after) > 0)
                .limit(call.parameters().limit() + 1)
                .map(Name::new)
                .toList();
        return Page.of(found, call.parameters().limit(), Name::name);
    }

    @Test
    void pagesFollowEachOtherToTheEnd() {
        List<String> names = new ArrayList<>();
        String query = "";
        for (int pages = 0; pages < 3; pages++) {
            JsonNode page = json(api.get("/api/v1/things" + query));
            page.get("items").forEach(item -> names.add(item.get("name").asText()));
            query = page.has("next") ? "?cursor=" + page.get("next").asText() : "end";
        }
        assertThat(query).isEqualTo("end");
        assertThat(names).containsExactlyElementsOf(things);
    }

    @Test
    void aVariableOfThePathMayHoldAnyCharacter() {
        HttpResponse<String> response = api.get("/api/v1/things/GID_A@@@a%2Fb%20+%C3%A4");
        assertThat(json(response).get("name").asText()).isEqualTo("GID_A@@@a/b +ä");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/things?limit=0          | limit  | 0 (expected: 1..10)",
                "/api/v1/things?limit=many       | limit  | many (expected: a whole number)",
                "/api/v1/things?limit=1&limit=2  | limit  | given 2 times (expected: once)",
                "/api/v1/things?colour=blue      | colour | blue (expected: dark_red, green)",
                "/api/v1/things?color=green      | color  | unknown (expected: colour, limit, cursor)",
                "/api/v1/things?cursor=!         | cursor | not one that a page came with (expected: its field \"next\")",
                "/api/v1/things/x?name=y         | name   | given in the path already",
            })
    void aWrongParameterIsNamed(String path, String field, String detail) {
        HttpResponse<String> response = api.get(path);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.get("errors").get(0).get("field").asText()).isEqualTo(field);
        assertThat(problem.get("errors").get(0).get("detail").asText()).isEqualTo(detail);
    }

    @Test
    void everyWrongFieldOfABodyIsNamedAndNothingIsDone() {
        HttpResponse<String> response = api.write(
                "POST",
                "/api/v1/things",
                "{\"name\":\"toolong\",\"parts\":[{\"weight\":1},{\"weight\":0},{\"weight\":\"1\"}],\"size\":1,\"secret\":\"hidden\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        List<String> errors = new ArrayList<>();
        json(response)
                .get("errors")
                .forEach(error -> errors.add(
                        error.get("field").asText() + ": " + error.get("detail").asText()));
        assertThat(errors)
                .containsExactlyInAnyOrder(
                        "size: unknown (expected: name, colour, parts, secret)",
                        "name: 7 characters (expected: 1..5 characters)",
                        "colour: missing",
                        "parts[1].weight: 0 (expected: 1 or more)",
                        "parts[2].weight: \"1\" (expected: a whole number)",
                        "secret: out of bounds (expected: at most 3 characters)");
        assertThat(made).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"bad\",\"colour\":\"green\"}               | name | bad (expected: a good one)",
                "{\"name\":\"a\",\"name\":\"b\",\"colour\":\"green\"}  | body | a field is there twice (line 1, column 19)",
                "{\"name\":\"a\",\"colour\":\"green\"} {}             | body | goes on behind its end (line 1, column 31)",
                "nonsense                                              | body | not JSON (line 1, column 9)",
                "[]                                                    | body | not a JSON object (expected: {...})",
            })
    void aBodyThatIsNoThingIsRefused(String body, String field, String detail) {
        JsonNode error =
                json(api.write("POST", "/api/v1/things", body)).get("errors").get(0);
        assertThat(error.get("field").asText()).isEqualTo(field);
        assertThat(error.get("detail").asText()).isEqualTo(detail);
        assertThat(made).isEmpty();
    }

    @Test
    void withoutATokenNobodyIsLetIn() {
        HttpResponse<String> response = api.send(api.request("/api/v1/things"));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(api.send(api.request("/metrics")).statusCode()).isEqualTo(401);
        assertThat(api.get("/metrics").statusCode()).isEqualTo(503);
        assertThat(api.send(api.request("/health/live")).body()).isEqualTo("ok");
    }

    @Test
    void aRoleThatIsNotEnoughIsRefusedAndWrittenDown() {
        String reader = api.tokens.create("reader", Role.READ, null);
        HttpResponse<String> response = api.send(api.request("/api/v1/things/a")
                .header("Authorization", "Bearer " + reader)
                .DELETE());
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(json(response).get("detail").asText())
                .isEqualTo("the token reader has the role read; this needs operate");
        AuditEntry entry = api.audit.find(Long.MAX_VALUE, 1, any -> true).get(0);
        assertThat(entry.token()).isEqualTo("reader");
        assertThat(entry.status()).isEqualTo(403);
        assertThat(entry.operation()).isEqualTo("thingsDelete");
    }

    @Test
    void whoTriesTokensHasToWait() {
        for (int i = 0; i < 10; i++) {
            assertThat(api.send(api.request("/api/v1/things").header("Authorization", "Bearer wrong" + i))
                            .statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> response = api.send(api.request("/api/v1/things").header("Authorization", "Bearer wrong"));
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
    }

    @Test
    void pagesOfOtherSitesAreRefused() {
        HttpResponse<String> foreign = api.send(api.request("/api/v1/things")
                .header("Authorization", "Bearer " + api.admin)
                .header("Origin", "https://evil.example"));
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(api.send(api.request("/api/v1/things")
                                .header("Authorization", "Bearer " + api.admin)
                                .header("Origin", "http://127.0.0.1:" + api.port()))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"evil.example, 403", "ops.example, 200", "localhost:1, 200", "[::1]:1, 200", "10.0.0.1, 200"})
    void aHostThatIsNotOursIsRefused(String host, int status) throws IOException {
        String answer = raw("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void requestsThatComeAtOnceAreAnsweredInOrder() throws IOException {
        String get = "GET /api/v1/things/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + api.admin + "\r\n";
        String answer = raw(get.formatted("one") + "\r\n" + get.formatted("two") + "Connection: close\r\n\r\n");
        assertThat(answer).containsSubsequence("{\"name\":\"one\"}", "{\"name\":\"two\"}");
    }

    @Test
    void clientsAreToldHowLongAConnectionMayBeUsedAgain() {
        assertThat(api.get("/api/v1/things").headers().firstValue("Keep-Alive")).contains("timeout=25");
    }

    @Test
    void aBodyThatIsNestedTooDeeplyIsRefused() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        HttpResponse<String> response = api.write("POST", "/api/v1/things", "{\"name\":" + deep + "}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("detail").asText()).startsWith("body: nested too deeply");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "application/json;charset=UTF-8, 200",
        "application/vnd.ours+json, 200",
        "text/plain, 415",
        "application/x-www-form-urlencoded, 415",
        "application/json; charset=utf-16, 415",
        "nonsense, 415",
    })
    void aBodyThatIsSaidToBeSomethingElseIsRefused(String type, int status) {
        HttpResponse<String> response =
                api.write("POST", "/api/v1/things", "{\"name\":\"a\",\"colour\":\"green\"}", "Content-Type", type);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(made).hasSize(status == 200 ? 1 : 0);
        if (status == 415) {
            assertThat(json(response).get("detail").asText())
                    .isEqualTo("Content-Type: " + type + " (expected: application/json)");
        }
    }

    @Test
    void whatNeedsNoBodyTakesAnEmptyObject() {
        assertThat(api.write("DELETE", "/api/v1/things/x", "{}").statusCode()).isEqualTo(409);
        HttpResponse<String> response = api.write("DELETE", "/api/v1/things/x", "{\"why\":1}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("detail").asText()).isEqualTo("why: unknown (expected: none)");
    }

    @Test
    void aPathOrAHeaderThatIsTooLongIsSaidToBe() throws IOException {
        String tooLong = "x".repeat(100_000);
        for (String head :
                List.of(tooLong + " HTTP/1.1\r\nHost: localhost", " HTTP/1.1\r\nHost: localhost\r\nX: " + tooLong)) {
            assertThat(raw("GET /api/v1/things/" + head + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItIsRead() throws IOException {
        String answer = raw("POST /api/v1/things HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + api.admin
                + "\r\nContent-Length: 999999999\r\n\r\n{");
        assertThat(answer).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void anotherMethodOrPathIsRefused() {
        HttpResponse<String> method = api.write("PUT", "/api/v1/things", "");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).hasValue("GET, POST");
        assertThat(api.get("/api/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(json(api.get("/api/v1/things/")).get("detail").asText()).startsWith("there is nothing at this path");
        assertThat(api.get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void aPostWithAKeyIsCarriedOutOnce() {
        String body = "{\"name\":\"a\",\"colour\":\"green\"}";
        assertThat(post("key1", body).body()).isEqualTo("{\"name\":\"a1\"}");
        HttpResponse<String> again = post("key1", body);
        assertThat(again.body()).isEqualTo("{\"name\":\"a1\"}");
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(post("key2", body).body()).isEqualTo("{\"name\":\"a2\"}");
        assertThat(post("key1", body.replace("green", "dark_red")).statusCode()).isEqualTo(422);
        assertThat(made).hasSize(2);
    }

    private HttpResponse<String> post(String key, String body) {
        return api.send(api.request("/api/v1/things")
                .header("Authorization", "Bearer " + api.admin)
                .header("Idempotency-Key", key)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void everyWriteIsInTheAuditLog() {
        api.write("POST", "/api/v1/things", "{\"name\":\"a\",\"colour\":\"green\"}");
        api.write("DELETE", "/api/v1/things/a?x=1", "");
        api.write("DELETE", "/api/v1/things/a", "");
        api.get("/api/v1/things");
        assertThat(api.audit.find(Long.MAX_VALUE, 10, any -> true))
                .extracting(AuditEntry::operation, AuditEntry::status, AuditEntry::token)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("thingsDelete", 409, "file"),
                        org.assertj.core.groups.Tuple.tuple("thingsDelete", 400, "file"),
                        org.assertj.core.groups.Tuple.tuple("thingsCreate", 200, "file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "torn"})
    void anErrorOfOursSaysNothingOfItself(String path) {
        HttpResponse<String> response = api.get("/api/v1/" + path);
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret detail").contains("an error in the server");
    }

    @Test
    void aStreamCarriesEventsUntilItEnds() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + api.admin
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> !streams.isEmpty());
            assertThat(streams.get(0).send("thing", new Name("first"))).isTrue();
            streams.get(0).end();
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("text/event-stream")
                    .contains("event: thing\ndata: {\"name\":\"first\"}\n\n");
        }
    }

    @Test
    void aReaderThatLeavesEndsTheStream() throws IOException {
        List<String> ended = new CopyOnWriteArrayList<>();
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + api.admin
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> !streams.isEmpty());
            streams.get(0).onEnd(() -> ended.add("ended"));
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> ended.size() == 1);
        assertThat(streams.get(0).send("thing", new Name("late"))).isFalse();
    }

    @Test
    void theDocumentDescribesEveryRoute() {
        JsonNode document = json(api.send(api.request("/api/v1/openapi.json")));
        assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.at("/paths/~1things/get/operationId").asText()).isEqualTo("thingsList");
        assertThat(document.at("/paths/~1things/get/parameters/1/schema/maximum")
                        .asInt())
                .isEqualTo(10);
        assertThat(document.at("/paths/~1things~1{name}/delete/responses/204").isMissingNode())
                .isFalse();
        JsonNode thing = document.at("/components/schemas/Thing");
        assertThat(thing.get("required").toString()).isEqualTo("[\"name\",\"colour\"]");
        assertThat(thing.at("/properties/colour/enum").toString()).isEqualTo("[\"dark_red\",\"green\"]");
        assertThat(thing.at("/properties/parts/items/$ref").asText()).isEqualTo("#/components/schemas/Part");
        assertThat(thing.at("/properties/secret/writeOnly").asBoolean()).isTrue();
        assertThat(thing.at("/properties/name/writeOnly").isMissingNode()).isTrue();
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
