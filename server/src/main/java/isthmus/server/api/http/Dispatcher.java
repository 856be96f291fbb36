package isthmus.server.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import isthmus.server.api.Binder;
import isthmus.server.api.Call;
import isthmus.server.api.Caller;
import isthmus.server.api.EventSource;
import isthmus.server.api.Json;
import isthmus.server.api.Operation;
import isthmus.server.api.Problem;
import isthmus.server.api.Role;
import isthmus.server.api.Route;
import isthmus.server.api.Text;
import isthmus.server.api.Verb;
import isthmus.server.api.access.AuditEntry;
import isthmus.server.api.access.AuditLog;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to its answer: let in, find the route, read, carry out, write down. Any thread. */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final String DOCUMENT = RouteTable.PREFIX + "/openapi.json";
    private static final Pattern JSON = Pattern.compile(
            "\\s*application/([^\\s;/]+\\+)?json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);
    private static final Caller NOBODY = new Caller("none", Role.READ, "");

    /** A request that was let in: what is to be done once its body is there. */
    record Admitted(RequestHead head, Caller caller, RouteTable.@Nullable Match match, @Nullable Plain plain) {}

    private final RouteTable table;
    private final Map<String, Plain> plains;
    private final Gate gate;
    private final AuditLog audit;
    private final Clock clock;
    private final Json json = new Json();
    private final RepeatedRequests repeated = new RepeatedRequests();
    /** Made when it is asked for: it takes a while, and few ask. */
    private final Supplier<byte[]> document;

    Dispatcher(
            RouteTable table,
            Map<String, Plain> plains,
            Gate gate,
            AuditLog audit,
            Clock clock,
            Supplier<byte[]> document) {
        this.table = table;
        this.plains = Map.copyOf(plains);
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
        this.document = document;
    }

    /**
     * Lets a request in, before its body is read. Never blocks, but for the audit of a refused write.
     *
     * @throws Problem when it is refused
     */
    Admitted admit(RequestHead head) {
        gate.requireOwnSite(head);
        String path = head.rawPath();
        Plain plain = plains.get(path);
        if (plain != null || path.equals(DOCUMENT)) {
            if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
                throw Problem.of(405, "this can only be read (GET)").with("Allow", "GET, HEAD");
            }
            return new Admitted(head, plain == null || plain.open() ? NOBODY : gate.identify(head), null, plain);
        }
        Caller caller = gate.identify(head);
        RouteTable.Match match = table.find(head.method().equals("HEAD") ? "GET" : head.method(), path);
        Admitted admitted = new Admitted(head, caller, match, null);
        try {
            Gate.requireRole(caller, match.route().operation().role());
        } catch (Problem refusal) {
            writeDown(admitted, match.route().operation(), refusal.status());
            throw refusal;
        }
        return admitted;
    }

    /** Answers a request that was let in. Blocks. */
    Response answer(Admitted admitted, byte[] body) {
        try {
            if (admitted.plain() != null) {
                Plain.Reply reply = admitted.plain().answer().get();
                return Response.text(reply.mediaType(), reply.content()).withStatus(reply.status());
            }
            return admitted.match() == null
                    ? Response.json(200, document.get())
                    : carryOut(admitted, admitted.match(), body);
        } catch (Problem problem) {
            return Response.problem(problem, json);
        } catch (RuntimeException | Error bug) { // whatever it was, somebody waits for an answer
            return failed(admitted, bug);
        }
    }

    private Response failed(Admitted admitted, Throwable bug) {
        String number = UUID.randomUUID().toString();
        LOG.error(
                "answering {} {} failed ({})",
                admitted.head().method(),
                admitted.head().rawPath(),
                number,
                bug);
        return Response.problem(Problem.of(500, "an error in the server; its log has more under " + number), json);
    }

    private Response carryOut(Admitted admitted, RouteTable.Match match, byte[] body) {
        Operation<?, ?, ?> operation = match.route().operation();
        if (!operation.verb().writes()) {
            return invoke(match, admitted, body);
        }
        int status = 500;
        try {
            String key = admitted.head().headers().get("Idempotency-Key");
            Response response = key == null || operation.verb() != Verb.POST
                    ? invoke(match, admitted, body)
                    : repeated.once(
                            admitted.caller().token(),
                            key,
                            admitted.head().target() + "\n" + Arrays.hashCode(body) + "\n" + body.length,
                            () -> invokeSafely(match, admitted, body));
            status = response.status();
            return response;
        } catch (Problem problem) {
            status = problem.status();
            throw problem;
        } finally {
            writeDown(admitted, operation, status);
        }
    }

    /** A refusal is an answer, too, that is repeated. */
    private Response invokeSafely(RouteTable.Match match, Admitted admitted, byte[] body) {
        try {
            return invoke(match, admitted, body);
        } catch (Problem problem) {
            return Response.problem(problem, json);
        }
    }

    private Response invoke(RouteTable.Match match, Admitted admitted, byte[] body) {
        return invoke(match.route(), match.variables(), admitted, body);
    }

    private <P extends Record, B extends Record, A> Response invoke(
            Route<P, B, A> route, Map<String, String> variables, Admitted admitted, byte[] body) {
        Operation<P, B, A> operation = route.operation();
        P parameters = Parameters.bind(
                operation.parameters(), variables, admitted.head().rawQuery());
        if (body.length > 0) {
            requireJson(admitted.head());
        }
        B content = operation.body().cast(body(operation.body(), body));
        A answer = route.handler()
                .handle(new Call<>(
                        parameters, content, admitted.caller(), admitted.head().trace()));
        return switch (operation.form()) {
            case RECORD, PAGE -> Response.json(200, json.write(answer));
            case NOTHING -> Response.nothing();
            case TEXT -> Response.text(((Text) answer).mediaType(), ((Text) answer).content());
            case STREAM -> Response.stream((EventSource) answer);
        };
    }

    /** A body that is not said to be anything is taken for JSON. */
    private static void requireJson(RequestHead head) {
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE);
        if (type != null && !JSON.matcher(type).matches()) {
            throw Problem.naming(415, "Content-Type", type + " (expected: application/json)");
        }
    }

    private <B extends Record> Record body(Class<B> type, byte[] body) {
        JsonNode tree = body.length == 0 ? JsonNodeFactory.instance.objectNode() : parsed(body);
        return Binder.bind(type, tree, "body");
    }

    /** The parser's own message would quote the body, which may hold a secret. */
    private JsonNode parsed(byte[] body) {
        try {
            return json.read(body);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            String where = place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
            throw Problem.invalid("body", objection(e) + where);
        } catch (IOException e) {
            throw Problem.invalid("body", "not JSON");
        }
    }

    private static String objection(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "nested too deeply, or a name or a number in it is too long";
        }
        if (e instanceof MismatchedInputException) {
            return "goes on behind its end";
        }
        return e.getOriginalMessage().startsWith("Duplicate field") ? "a field is there twice" : "not JSON";
    }

    private void writeDown(Admitted admitted, Operation<?, ?, ?> operation, int status) {
        if (operation.verb().writes()) {
            Caller caller = admitted.caller();
            audit.add(number -> new AuditEntry(
                    number,
                    clock.instant(),
                    caller.token(),
                    caller.role(),
                    caller.address(),
                    operation.id(),
                    operation.verb(),
                    admitted.head().target(),
                    status));
        }
    }

    Json json() {
        return json;
    }
}
