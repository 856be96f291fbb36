package isthmus.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code isthmus} alone: options that every command has. */
@Command(
        name = "isthmus",
        description = "An MQTT 3.1.1 gateway on an embedded Apache RocketMQ.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "From a source tree, ./isthmus test runs every test.", "isthmus COMMAND --help says more."})
final class IsthmusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private boolean verbose;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log in detail, and show where in the program a failure came from.")
    void setVerbose(boolean verbose) {
        this.verbose = verbose;
        if (verbose && LoggerFactory.getLogger("isthmus") instanceof Logger ours) {
            ours.setLevel(Level.DEBUG);
        }
    }

    boolean isVerbose() {
        return verbose;
    }

    /** Without a command: a mistake, answered with the help. */
    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
