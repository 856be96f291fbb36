package isthmus.server.ctl;

import isthmus.server.api.Operation;
import isthmus.server.api.Scalars;
import isthmus.server.api.Shape;
import isthmus.server.operations.DeadLetterOperations;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Describes an operation as a command: variables of the path are its arguments, parameters and simple fields of the body its
 * options. Whether values are right is the server's business, so that every caller hears the same.
 */
final class OperationCommands {
    static final String WATCH = "--watch";
    static final String ALL = "--all";
    static final String BODY = "--body";

    private OperationCommands() {}

    static CommandSpec describe(OperationCommand command, Operation<?, ?, ?> operation, CtlOptions options) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        command.describedBy(spec);
        spec.usageMessage().description(operation.summary()).footer("");
        int place = 0;
        for (Shape.Member member : Shape.of(operation.parameters()).members()) {
            if (operation.path().contains("{" + member.name() + "}")) {
                spec.addPositional(argument(member, place++));
            } else {
                add(spec, member);
            }
        }
        boolean simple = true;
        for (Shape.Member member : Shape.of(operation.body()).members()) {
            if (member.shape() instanceof Shape.Items && isSimple(member.shape())) {
                spec.addOption(option(member, " May be repeated; '' is none."));
            } else if (isSimple(member.shape())) {
                add(spec, member);
            } else {
                simple = false;
            }
        }
        if (!simple) {
            spec.addOption(OptionSpec.builder(BODY)
                    .paramLabel("FILE")
                    .type(String.class)
                    .description("A file with the request in JSON; - is standard input.")
                    .build());
        }
        addReadingOptions(spec, operation);
        spec.addMixin("connection", CommandSpec.forAnnotatedObject(options));
        return spec;
    }

    private static void addReadingOptions(CommandSpec spec, Operation<?, ?, ?> operation) {
        boolean read = !operation.verb().writes();
        boolean job = operation.answer() == DeadLetterOperations.Job.class;
        if (job || (read && (operation.form() == Operation.Form.RECORD || operation.form() == Operation.Form.PAGE))) {
            spec.addOption(OptionSpec.builder(WATCH)
                    .paramLabel("SECONDS")
                    .type(String.class)
                    .description("Asks and prints again every so many seconds, until "
                            + (job ? "it is done; 1 is the exit code when it failed." : "Ctrl-C."))
                    .build());
        }
        if (operation.form() == Operation.Form.PAGE) {
            spec.addOption(OptionSpec.builder(ALL)
                    .type(boolean.class)
                    .arity("0")
                    .description("Prints all pages.")
                    .build());
        }
    }

    /** An option for a field; for a secret one of two, as what is typed can be seen by others on this machine. */
    private static void add(CommandSpec spec, Shape.Member member) {
        if (member.isSecret()) {
            spec.addArgGroup(ArgGroupSpec.builder()
                    .addArg(option(member, " Other users of this machine can see it while the command runs."))
                    .addArg(OptionSpec.builder(fileOption(member.name()))
                            .paramLabel("FILE")
                            .type(String.class)
                            .description("A file that holds it; - is standard input.")
                            .build())
                    .build());
        } else {
            spec.addOption(option(member, ""));
        }
    }

    /** The option for the file that holds a secret. */
    static String fileOption(String field) {
        return optionName(field) + "-file";
    }

    /** The option or argument for a field, or null when the command has none. */
    static @Nullable ArgSpec find(CommandSpec spec, String field) {
        for (PositionalParamSpec argument : spec.positionalParameters()) {
            if (argument.paramLabel().equals(label(field))) {
                return argument;
            }
        }
        return spec.findOption(optionName(field));
    }

    private static PositionalParamSpec argument(Shape.Member member, int place) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(place))
                .paramLabel(label(member.name()))
                .type(String.class)
                .required(true)
                .completionCandidates(choices(member.shape()))
                .description(member.meaning() + words(member))
                .build();
    }

    private static String words(Shape.Member member) {
        List<String> choices = choices(member.shape());
        return choices == null ? "" : " (" + String.join(", ", choices) + ")";
    }

    /** The only words that are right; null where there are others. */
    private static @Nullable List<String> choices(Shape shape) {
        Shape one = shape instanceof Shape.Items items ? items.item() : shape;
        if (!(one instanceof Shape.Scalar scalar)) {
            return null;
        }
        List<String> words = scalar.isFlag() ? List.of("true", "false") : scalar.words();
        return words.isEmpty() ? null : words;
    }

    private static OptionSpec option(Shape.Member member, String note) {
        boolean several = member.shape() instanceof Shape.Items;
        OptionSpec.Builder option = OptionSpec.builder(optionName(member.name()))
                .paramLabel(several || member.shape() instanceof Shape.Scalar ? valueLabel(member.shape()) : "VALUE")
                .description(member.meaning() + facts(member) + note)
                .completionCandidates(choices(member.shape()))
                .arity("1");
        return several
                ? option.type(List.class).auxiliaryTypes(String.class).build()
                : option.type(String.class).build();
    }

    private static String valueLabel(Shape shape) {
        Shape one = shape instanceof Shape.Items items ? items.item() : shape;
        if (one instanceof Shape.Scalar scalar) {
            if (scalar.isNumber() || scalar.isFraction()) {
                return "N";
            }
            if (scalar.isFlag()) {
                return "true|false";
            }
            if (scalar.isInstant()) {
                return "INSTANT";
            }
            if (scalar.isTimeOfDay()) {
                return "HH:MM";
            }
            if (!scalar.words().isEmpty()) {
                return String.join("|", scalar.words());
            }
        }
        return "TEXT";
    }

    private static String facts(Shape.Member member) {
        StringBuilder facts = new StringBuilder();
        if (member.shape() instanceof Shape.Scalar scalar && scalar.isNumber() && member.max() != Long.MAX_VALUE) {
            facts.append(" (").append(Scalars.bounds(member)).append(')');
        }
        if (!member.unset().isEmpty()) {
            facts.append(" Default: ").append(member.unset()).append('.');
        }
        return facts.toString();
    }

    private static boolean isSimple(Shape shape) {
        return shape instanceof Shape.Scalar
                || (shape instanceof Shape.Items items && items.item() instanceof Shape.Scalar);
    }

    private static String optionName(String field) {
        return "--" + words(field);
    }

    /** {@code clientId} as {@code CLIENT_ID}. */
    static String label(String field) {
        return words(field).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** {@code clientId} as {@code client-id}. */
    private static String words(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
