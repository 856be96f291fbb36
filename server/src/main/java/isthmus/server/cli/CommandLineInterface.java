package isthmus.server.cli;

import isthmus.server.ctl.CtlCommands;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * All commands together, and what they have in common: 0 for success; 2 and one line for a command line that makes no
 * sense; 1 and the sentence for everything else that goes wrong, without a stack trace unless {@code --verbose} is given.
 */
final class CommandLineInterface {
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
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
        commands.put("run", () -> new RunCommand(starter, environment));
        commands.put("config", () -> new ConfigCommand(environment));
        commands.put("sign", () -> new SignCommand(input));
        commands.put("certs", CertsCommand::new);
        commands.put("ctl", () -> CtlCommands.create(environment, input));
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
        String asked = arguments.length == 0 ? "" : arguments[0];
        commands.forEach((name, command) -> {
            if (name.equals(asked) || !commands.containsKey(asked)) {
                commandLine.addSubcommand(name, command.get());
            }
        });
        return commandLine;
    }

    private static int refuse(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String sentence = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        command.getErr()
                .println("isthmus: " + sentence + " (see "
                        + command.getCommandSpec().qualifiedName() + " --help)");
        return CommandLine.ExitCode.USAGE;
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
