package isthmus.server.cli;

import isthmus.server.config.ConfigurationText;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code isthmus config}. */
@Command(
        name = "config",
        description = {
            "Prints the configuration in effect, each key with its meaning, bounds and default, secrets masked.",
            "",
            "Each key can also be set by an environment variable: mqtt.limits.keepAliveMax is",
            "ISTHMUS_MQTT_LIMITS_KEEP_ALIVE_MAX. Options override variables, and variables override the file."
        })
final class ConfigCommand implements Runnable {
    private final Map<String, String> environment;

    @Mixin
    private final ConfigurationOptions options = new ConfigurationOptions();

    @Option(
            names = "--example",
            description = "Prints the example file instead: every key, commented out, with its default.")
    private boolean example;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        out.print(example ? ConfigurationText.example() : ConfigurationText.effective(options.read(environment)));
        out.flush();
    }
}
