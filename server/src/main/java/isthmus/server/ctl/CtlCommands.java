package isthmus.server.ctl;

import isthmus.server.api.Operation;
import isthmus.server.operations.Operations;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes {@code isthmus ctl} of all operations. */
public final class CtlCommands {
    private CtlCommands() {}

    /**
     * The command with the sub-commands that may be meant.
     *
     * @param input what {@code --body -} reads
     * @param words that were typed behind {@code ctl}
     */
    public static CommandLine create(Map<String, String> environment, InputStream input, List<String> words) {
        CommandSpec root = Missing.spec();
        describe(root);
        for (Operation<?, ?, ?> operation : meantBy(words)) {
            add(root, operation, environment, input);
        }
        describeGroups(root);
        root.addSubcommand("completion", completion());
        return new CommandLine(root);
    }

    /** Those that begin with as many of the words as any does: to describe a hundred would take longer than to ask. */
    private static List<Operation<?, ?, ?>> meantBy(List<String> words) {
        List<Operation<?, ?, ?>> meant = Operations.all();
        for (int i = 0; i < words.size(); i++) {
            String begin = String.join(" ", words.subList(0, i + 1)) + " ";
            List<Operation<?, ?, ?>> fewer = meant.stream()
                    .filter(operation -> (operation.command() + " ").startsWith(begin))
                    .toList();
            if (fewer.isEmpty()) {
                break;
            }
            meant = fewer;
        }
        return meant;
    }

    private static void describe(CommandSpec root) {
        root.usageMessage()
                .description("Operates a running server, on this machine or another.")
                .footer(
                        "",
                        "The token is read from the data directory (--data), or from --token-file or ISTHMUS_TOKEN; "
                                + "options come behind the command.",
                        "Exit codes: 0 done, 1 the server cannot be reached or failed, 2 not a sensible request, "
                                + "3 no access, 4 no such thing, 5 in conflict with what is there.");
    }

    private static void add(
            CommandSpec root, Operation<?, ?, ?> operation, Map<String, String> environment, InputStream input) {
        String[] words = operation.command().split(" ", -1);
        CommandSpec parent = root;
        for (int i = 0; i < words.length - 1; i++) {
            parent = group(parent, words[i]);
        }
        CtlOptions options = new CtlOptions();
        OperationCommand command = new OperationCommand(operation, options, environment, input);
        parent.addSubcommand(words[words.length - 1], OperationCommands.describe(command, operation, options));
    }

    private static CommandSpec group(CommandSpec parent, String name) {
        CommandLine existing = parent.subcommands().get(name);
        if (existing != null) {
            return existing.getCommandSpec();
        }
        CommandSpec group = Missing.spec();
        group.usageMessage().footer("");
        parent.addSubcommand(name, group);
        return group;
    }

    /** A group is described by the commands in it. */
    private static void describeGroups(CommandSpec parent) {
        for (CommandLine command : parent.subcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            if (!spec.subcommands().isEmpty()) {
                spec.usageMessage()
                        .description(String.join(", ", spec.subcommands().keySet()) + ".");
                describeGroups(spec);
            }
        }
    }

    private static CommandSpec completion() {
        Completion completion = new Completion();
        CommandSpec spec = CommandSpec.wrapWithoutInspection(completion);
        spec.usageMessage()
                .description("Prints a script that completes commands with the Tab key, for bash and zsh: "
                        + "source <(isthmus ctl completion)");
        completion.spec = spec;
        return spec;
    }

    private static final class Completion implements Runnable {
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            CommandSpec root = spec.root();
            spec.commandLine().getOut().print(AutoComplete.bash("isthmus", root.commandLine()));
            spec.commandLine().getOut().flush();
        }
    }

    /** A group of commands, without one: a mistake. */
    private static final class Missing implements Runnable {
        private CommandSpec spec = CommandSpec.create();

        static CommandSpec spec() {
            Missing missing = new Missing();
            missing.spec = CommandSpec.wrapWithoutInspection(missing);
            missing.spec.usageMessage().synopsisSubcommandLabel("COMMAND");
            return missing.spec;
        }

        @Override
        public void run() {
            String commands = String.join(", ", spec.subcommands().keySet());
            throw new ParameterException(spec.commandLine(), "a command is missing: one of " + commands);
        }
    }
}
