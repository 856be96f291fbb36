package isthmus.server.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * All commands together, and what they have in common: 0 for success; 2 and one line for a command line that makes no
 * sense; 1 and the sentence for everything else that goes wrong, without a stack trace unless {@code --verbose} is given.
 */
final class CommandLineInterface {
    private final CommandLine commandLine;

    CommandLineInterface(ServerStarter starter, Map<String, String> environment, InputStream input) {
        commandLine = new CommandLine(new IsthmusCommand())
                .addSubcommand("run", new RunCommand(starter, environment))
                .addSubcommand("config", new ConfigCommand(environment))
                .addSubcommand("sign", new SignCommand(input))
                .addSubcommand("certs", new CertsCommand())
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(CommandLineInterface::refuse)
                .setExecutionExceptionHandler(CommandLineInterface::fail);
    }

    int execute(String... arguments) {
        return commandLine.execute(arguments);
    }

    /** For tests: where the commands write to. */
    CommandLineInterface writingTo(PrintWriter out, PrintWriter err) {
        commandLine.setOut(out).setErr(err);
        return this;
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
        return CommandLine.ExitCode.SOFTWARE;
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
