package isthmus.server.cli;

import isthmus.server.RunningServer;
import isthmus.server.config.Configuration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code isthmus run}: starts everything and stays until it is told to stop. */
@Command(
        name = "run",
        description = {
            "Starts the gateway, RocketMQ and the web page in this process, and runs until it is stopped (Ctrl-C, SIGTERM).",
            "",
            "Nothing has to be configured."
        })
final class RunCommand implements Callable<Integer> {
    private final ServerStarter starter;
    private final Map<String, String> environment;

    @Mixin
    private final ConfigurationOptions options = new ConfigurationOptions();

    @Option(
            names = "--stop-when-ready",
            hidden = true,
            description = "Starts, stops, and is done: a trial of everything.")
    private boolean stopWhenReady;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RunCommand(ServerStarter starter, Map<String, String> environment) {
        this.starter = starter;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.read(environment);
        StopOnSignal stop = StopOnSignal.install(Runtime.getRuntime(), this::say);
        RunningServer server;
        try {
            server = starter.start(configuration, () -> options.read(environment), StopOnSignal::endAtOnce);
        } catch (RuntimeException | Error e) {
            stop.nothingToStop();
            throw e;
        }
        say(server.readyMessage());
        if (stopWhenReady) {
            stop.nothingToStop();
            server.close();
            return 0;
        }
        return stop.runUntilStopped(server);
    }

    private void say(String text) {
        var out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
