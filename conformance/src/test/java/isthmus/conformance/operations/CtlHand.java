package isthmus.conformance.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.conformance.fixture.Management;
import isthmus.server.api.Operation;
import isthmus.server.api.Shape;
import isthmus.server.cli.Main;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Types each operation as a command of {@code isthmus ctl}, which runs in this process. Secrets, and what no option can
 * express, come from standard input.
 */
final class CtlHand extends Hand {
    private static final String PREFIX = "isthmus: ";

    /** A command line and what it reads. */
    private record Typed(List<String> arguments, String input) {}

    private final Map<String, String> environment;

    CtlHand(Management management, String tokenName) {
        super(management, tokenName);
        this.environment = Map.of("ISTHMUS_URL", management.url(), "ISTHMUS_TOKEN", token());
    }

    @Override
    Answer send(Operation<?, ?, ?> operation, ObjectNode arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = run(typed(operation, arguments), new PrintWriter(out), new PrintWriter(err));
        return exitCode == 0
                ? new Answer(true, out.toString())
                : new Answer(false, err.toString().strip().substring(PREFIX.length()));
    }

    @Override
    BufferedReader stream(Operation<?, ?, ?> operation, ObjectNode arguments) {
        Typed typed = typed(operation, arguments);
        try {
            PipedReader lines = new PipedReader();
            PrintWriter out = new PrintWriter(new PipedWriter(lines));
            Thread command = new Thread(() -> run(typed, out, out), operation.command());
            command.setDaemon(true);
            command.start();
            return new BufferedReader(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(Typed typed, PrintWriter out, PrintWriter err) {
        InputStream input = new ByteArrayInputStream(typed.input().getBytes(StandardCharsets.UTF_8));
        try (out;
                err) {
            return Main.execute(environment, input, out, err, typed.arguments().toArray(new String[0]));
        }
    }

    private static Typed typed(Operation<?, ?, ?> operation, ObjectNode arguments) {
        List<String> line = new ArrayList<>(List.of("ctl"));
        line.addAll(List.of(operation.command().split(" ")));
        String input = "";
        for (Shape.Member parameter : Shape.of(operation.parameters()).members()) {
            JsonNode value = arguments.get(parameter.name());
            if (value != null && operation.path().contains("{" + parameter.name() + "}")) {
                line.add(value.asText());
            } else if (value != null) {
                type(parameter.name(), value, line);
            }
        }
        for (Shape.Member field : Shape.of(operation.body()).members()) {
            JsonNode value = arguments.get(field.name());
            if (value != null && field.isSecret()) {
                line.addAll(List.of(option(field.name()) + "-file", "-"));
                input = value.asText() + "\n";
            } else if (value != null && value.isObject()) {
                line.addAll(List.of("--body", "-"));
                input = "{\"" + field.name() + "\": " + value + "}";
            } else if (value != null) {
                type(field.name(), value, line);
            }
        }
        line.add("--json");
        return new Typed(line, input);
    }

    private static void type(String name, JsonNode value, List<String> line) {
        if (value.isArray() && value.isEmpty()) {
            line.addAll(List.of(option(name), ""));
        }
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            line.addAll(List.of(option(name), each.asText()));
        }
    }

    /** {@code targetTopic} is {@code --target-topic}. */
    private static String option(String name) {
        return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "ctl";
    }
}
