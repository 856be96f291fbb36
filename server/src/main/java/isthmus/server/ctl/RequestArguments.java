package isthmus.server.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.server.api.Json;
import isthmus.server.api.Operation;
import isthmus.server.api.Scalars;
import isthmus.server.api.Shape;
import isthmus.server.config.FileText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What was given to a command, as the request that it asks for. */
final class RequestArguments {
    private static final String STANDARD_INPUT = "-";

    private final Operation<?, ?, ?> operation;
    private final CommandSpec spec;
    private final InputStream input;
    private final Json json = new Json();

    /** @param spec of a command whose arguments were read */
    RequestArguments(Operation<?, ?, ?> operation, CommandSpec spec, InputStream input) {
        this.operation = operation;
        this.spec = spec;
        this.input = input;
    }

    /**
     * Path and query below {@code /api/v1}, encoded.
     *
     * @param cursor of a page, instead of one that was given
     */
    String target(@Nullable String cursor) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (Shape.Member member : Shape.of(operation.parameters()).members()) {
            String variable = "{" + member.name() + "}";
            List<String> values = cursor != null && member.name().equals("cursor") ? List.of(cursor) : given(member);
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
    @Nullable
    JsonNode body() {
        Shape.Fields shape = Shape.of(operation.body());
        if (shape.members().isEmpty()) {
            return null;
        }
        ObjectNode body = bodyFile();
        for (Shape.Member member : shape.members()) {
            List<String> given = given(member);
            if (given.isEmpty()) {
                continue;
            }
            if (member.shape() instanceof Shape.Scalar scalar) {
                body.set(member.name(), Scalars.node(scalar, given.get(0)));
            } else if (member.shape() instanceof Shape.Items items && items.item() instanceof Shape.Scalar scalar) {
                ArrayNode array = body.putArray(member.name());
                given.stream()
                        .filter(value -> !value.isEmpty())
                        .forEach(value -> array.add(Scalars.node(scalar, value)));
            }
        }
        return body;
    }

    private ObjectNode bodyFile() {
        String file = (String) option(OperationCommands.BODY);
        String content = file == null ? "{}" : content(OperationCommands.BODY, file);
        try {
            if (json.read(content.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // which is no JSON object either
        }
        throw senseless(OperationCommands.BODY + " " + file + ": not a JSON object");
    }

    /** What was given for a field: none, one or several texts. */
    private List<String> given(Shape.Member member) {
        String fileOption = OperationCommands.fileOption(member.name());
        String file = member.isSecret() ? (String) option(fileOption) : null;
        if (file != null) {
            return List.of(secret(fileOption, file));
        }
        ArgSpec argument = OperationCommands.find(spec, member.name());
        if (argument == null || argument.getValue() == null) {
            return List.of();
        }
        Object value = argument.getValue();
        return value instanceof List<?> several
                ? several.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    private String secret(String option, String file) {
        String secret = content(option, file).strip();
        if (secret.isEmpty()) {
            throw senseless(option + " " + file + ": there is nothing in it");
        }
        return secret;
    }

    private String content(String option, String file) {
        try {
            return file.equals(STANDARD_INPUT)
                    ? new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    : FileText.read(Path.of(file));
        } catch (IOException e) {
            throw senseless(option + " " + e.getMessage());
        }
    }

    /** After how many milliseconds it is to be asked for again; null: it is not. */
    @Nullable
    Long pauseMillis() {
        String seconds = (String) option(OperationCommands.WATCH);
        if (seconds == null) {
            return null;
        }
        if (!seconds.matches("[1-9][0-9]{0,5}")) {
            throw senseless(OperationCommands.WATCH + ": " + seconds + " (expected: 1..999999 seconds)");
        }
        return Long.parseLong(seconds) * 1000;
    }

    /** The value of an option, or null when it was not given. */
    @Nullable
    Object option(String name) {
        ParseResult parsed = spec.commandLine().getParseResult();
        return parsed.hasMatchedOption(name) ? parsed.matchedOption(name).getValue() : null;
    }

    private ParameterException senseless(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
