package isthmus.server.cli;

import isthmus.server.ctl.CtlCommands;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * All commands together, and what they have in common: 0 for success; 2 and one line for a command line that makes no
 * sense; 1 and the sentence for everything else that goes wrong, without a stack trace unless {@code --verbose} is given.
 */
final class CommandLineInterface {
    /** Made of the words behind them. */
    private final Map<String, Function<List<String>, Object>> commands = new LinkedHashMap<>();

    private final PrintWriter out;
    private final PrintWriter err;

    CommandLineInterface(
            ServerStarter starter,
            Map<String, String> environment,
            InputStream input,
            PrintWriter out,
            PrintWriter err) {
        this.out = out;
        this.err = err;
        commands.put("run", words -> new RunCommand(starter, environment));
        commands.put("config", words -> new ConfigCommand(environment));
        commands.put("sign", words -> new SignCommand(input));
        commands.put("certs", words -> new CertsCommand());
        commands.put("ctl", words -> CtlCommands.create(environment, input, words));
    }

    /** Runs a command and returns the exit code of the process. */
    int execute(String... arguments) {
        return commandLineFor(arguments)
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(CommandLineInterface::refuse)
                .setExecutionExceptionHandler(CommandLineInterface::fail)
                .execute(arguments);
    }

    /** With the one command that is asked for: describing them all would take a tenth of the time to start. */
    private CommandLine commandLineFor(String... arguments) {
        CommandLine commandLine = new CommandLine(new IsthmusCommand());
        List<String> words = List.of(arguments);
        String asked = words.isEmpty() ? "" : words.get(0);
        commands.forEach((name, command) -> {
            if (name.equals(asked)) {
                commandLine.addSubcommand(name, command.apply(words.subList(1, words.size())));
            } else if (!commands.containsKey(asked)) {
                commandLine.addSubcommand(name, command.apply(List.of()));
            }
        });
        return commandLine;
    }

    private static int refuse(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println("isthmus: " + sentenceOf(e) + " (see "
                        + command.getCommandSpec().qualifiedName() + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static String sentenceOf(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            boolean group = !e.getCommandLine().getSubcommands().isEmpty();
            return unmatched.getUnmatched().get(0) + ": " + (group ? "no such command" : "one argument too many");
        }
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static int fail(Exception e, CommandLine command, ParseResult parsed) {
        command.getErr().println("isthmus: " + sentenceOf(e));
        if (isVerbose(command)) {
            e.printStackTrace(command.getErr());
        }
        return e instanceof IExitCodeGenerator chosen ? chosen.getExitCode() : CommandLine.ExitCode.SOFTWARE;
    }

    /** Failures that a person can do something about have a sentence; the others are ours and say where to look. */
    private static String sentenceOf(Exception e) {
        String message = e.getMessage();
        if (message == null || message.isBlank() || e instanceof NullPointerException) {
            return "unexpected failure: " + e + " (--verbose shows where)";
        }
        return message;
    }

    private static boolean isVerbose(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getCommand() instanceof IsthmusCommand isthmus && isthmus.isVerbose();
    }
}
