package isthmus.server.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.server.api.Json;
import isthmus.server.api.Operation;
import isthmus.server.api.Scalars;
import isthmus.server.api.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** One operation as a command: makes the request of the arguments and prints the answer. */
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
        ApiClient client = new ApiClient(options.url(environment), options.token(environment));
        Integer seconds = (Integer) option(OperationCommands.WATCH);
        if (operation.form() == Operation.Form.STREAM) {
            Shape.Fields shape = answer();
            client.follow(target(null), event -> event(shape, event));
            return 0;
        }
        run(client);
        while (seconds != null) {
            Thread.sleep(seconds * 1000L);
            out().print(CLEAR_SCREEN);
            run(client);
        }
        return 0;
    }

    private void run(ApiClient client) {
        boolean all = Boolean.TRUE.equals(option(OperationCommands.ALL));
        String cursor = null;
        do {
            String answer = client.ask(operation.verb(), target(cursor), body());
            cursor = print(client, answer, all);
        } while (all && cursor != null);
    }

    /** @return the cursor of the next page */
    private @Nullable String print(ApiClient client, String answer, boolean all) {
        if (operation.form() == Operation.Form.TEXT) {
            out().print(answer);
            out().flush();
            return null;
        }
        if (answer.isEmpty()) {
            return null;
        }
        JsonNode tree = client.parse(answer);
        JsonNode next = tree.get("next");
        if (options.json()) {
            out().println(json.pretty(tree));
        } else if (operation.form() == Operation.Form.PAGE) {
            new Table(out()).list(answer(), tree.path("items"), "");
            if (next != null && !all) {
                out().println("(more: --all, or --cursor " + next.asText() + ")");
            }
        } else {
            new Table(out()).record(answer(), tree, "");
        }
        out().flush();
        return next == null ? null : next.asText();
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

    /** Path and query. */
    private String target(@Nullable String cursor) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (Shape.Member member : Shape.of(operation.parameters()).members()) {
            String variable = "{" + member.name() + "}";
            List<String> values =
                    cursor != null && member.name().equals("cursor") ? List.of(cursor) : argument(member.name());
            if (path.contains(variable)) {
                path = path.replace(variable, encoded(values.get(0)).replace("+", "%20"));
            } else {
                for (String value : values) {
                    query.append(query.isEmpty() ? '?' : '&')
                            .append(member.name())
                            .append('=')
                            .append(encoded(value));
                }
            }
        }
        return path + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Null for an operation without a body. */
    private @Nullable JsonNode body() {
        Shape.Fields shape = Shape.of(operation.body());
        if (shape.members().isEmpty()) {
            return null;
        }
        ObjectNode body = bodyFile();
        for (Shape.Member member : shape.members()) {
            List<String> given = argument(member.name());
            if (given.isEmpty()) {
                continue;
            }
            if (member.shape() instanceof Shape.Scalar scalar) {
                body.set(member.name(), Scalars.node(scalar, given.get(0)));
            } else if (member.shape() instanceof Shape.Items items && items.item() instanceof Shape.Scalar scalar) {
                ArrayNode array = body.putArray(member.name());
                given.forEach(value -> array.add(Scalars.node(scalar, value)));
            }
        }
        return body;
    }

    private ObjectNode bodyFile() {
        String file = (String) option(OperationCommands.BODY);
        try {
            byte[] content = file == null
                    ? "{}".getBytes(StandardCharsets.UTF_8)
                    : file.equals("-") ? input.readAllBytes() : Files.readAllBytes(Path.of(file));
            if (json.read(content) instanceof ObjectNode object) {
                return object;
            }
            throw new ParameterException(described().commandLine(), "--body " + file + ": not a JSON object");
        } catch (IOException e) {
            throw new ParameterException(described().commandLine(), "--body " + file + ": not to be read, or not JSON");
        }
    }

    /** What was given for a field: none, one or several texts. */
    private List<String> argument(String field) {
        ArgSpec argument = OperationCommands.find(described(), field);
        if (argument == null || argument.getValue() == null) {
            return List.of();
        }
        Object value = argument.getValue();
        return value instanceof List<?> several
                ? several.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    private @Nullable Object option(String name) {
        ParseResult parsed = described().commandLine().getParseResult();
        return parsed.hasMatchedOption(name) ? parsed.matchedOption(name).getValue() : null;
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
