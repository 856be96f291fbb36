package isthmus.server.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import isthmus.server.api.Json;
import isthmus.server.api.Operation;
import isthmus.server.api.Shape;
import isthmus.server.operations.DeadLetterOperations;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** One operation as a command: asks for what the arguments say and prints the answer. */
final class OperationCommand implements Callable<Integer> {
    private static final String CLEAR_SCREEN = "\033[H\033[2J";

    private final Operation<?, ?, ?> operation;
    private final CtlOptions options;
    private final Map<String, String> environment;
    private final InputStream input;
    private final Json json = new Json();
    private @Nullable CommandSpec spec;

    OperationCommand(
            Operation<?, ?, ?> operation, CtlOptions options, Map<String, String> environment, InputStream input) {
        this.operation = operation;
        this.options = options;
        this.environment = environment;
        this.input = input;
    }

    void describedBy(CommandSpec described) {
        spec = described;
    }

    @Override
    public Integer call() throws InterruptedException {
        ApiClient client =
                new ApiClient(options.url(environment), options.token(environment), options.trusted(environment));
        RequestArguments request = new RequestArguments(operation, described(), input);
        if (operation.form() == Operation.Form.STREAM) {
            Shape.Fields shape = answer();
            client.follow(request.target(null), event -> event(shape, event));
            return 0;
        }
        Long pause = request.pauseMillis();
        JsonNode answer = run(client, request);
        while (pause != null && !isOver(answer)) {
            Thread.sleep(pause);
            if (!options.json()) {
                out().print(CLEAR_SCREEN);
            }
            answer = operation.verb().writes() ? progress(client, answer) : run(client, request);
        }
        return isJob() && answer.path("state").asText().equals("failed") ? CommandLine.ExitCode.SOFTWARE : 0;
    }

    /** @return the answer; something empty when it is no JSON, or of several pages */
    private JsonNode run(ApiClient client, RequestArguments request) {
        if (Boolean.TRUE.equals(request.option(OperationCommands.ALL))) {
            everyPage(client, request);
            return MissingNode.getInstance();
        }
        return print(client, client.ask(operation.verb(), request.target(null), request.body()));
    }

    /** Whether this begins or shows work that goes on in the server. */
    private boolean isJob() {
        return operation.answer() == DeadLetterOperations.Job.class;
    }

    private boolean isOver(JsonNode answer) {
        return isJob() && !answer.path("state").asText().equals("running");
    }

    private JsonNode progress(ApiClient client, JsonNode begun) {
        Operation<?, ?, ?> show = DeadLetterOperations.JOB_SHOW;
        String target = show.path().replace("{jobId}", begun.path("jobId").asText());
        return print(client, client.ask(show.verb(), target, null));
    }

    private JsonNode print(ApiClient client, String answer) {
        JsonNode tree = MissingNode.getInstance();
        if (operation.form() == Operation.Form.TEXT) {
            out().print(answer);
        } else if (!answer.isEmpty()) {
            tree = client.parse(answer);
            print(tree);
        }
        out().flush();
        return tree;
    }

    private void print(JsonNode answer) {
        if (options.json()) {
            out().println(json.pretty(answer));
        } else if (operation.form() == Operation.Form.PAGE) {
            new Table(out()).list(answer(), answer.path("items"), "");
            if (answer.has("next")) {
                out().println("(more: --all, or --cursor " + answer.get("next").asText() + ")");
            }
        } else {
            new Table(out()).record(answer(), answer, "");
        }
    }

    /** Page by page, as one table, or as one document with an item on each line, which is printed when it is whole. */
    private void everyPage(ApiClient client, RequestArguments request) {
        StringJoiner document = new StringJoiner(",\n", "{\"items\":[\n", "\n]}");
        String cursor = null;
        do {
            JsonNode page = client.parse(client.ask(operation.verb(), request.target(cursor), request.body()));
            if (options.json()) {
                page.path("items").forEach(item -> document.add(item.toString()));
            } else if (cursor == null) {
                new Table(out()).list(answer(), page.path("items"), "");
            } else {
                new Table(out()).further(answer(), page.path("items"));
            }
            cursor = page.has("next") ? page.get("next").asText() : null;
        } while (cursor != null);
        if (options.json()) {
            out().println(document);
        }
        out().flush();
    }

    private void event(Shape.Fields shape, JsonNode event) {
        if (options.json()) {
            out().println(event);
            out().flush();
        } else {
            new Table(out()).line(shape, event);
        }
    }

    private Shape.Fields answer() {
        return Shape.of(operation.answer().asSubclass(Record.class));
    }

    private PrintWriter out() {
        return described().commandLine().getOut();
    }

    private CommandSpec described() {
        if (spec == null) {
            throw new IllegalStateException("the command is not described yet");
        }
        return spec;
    }
}
