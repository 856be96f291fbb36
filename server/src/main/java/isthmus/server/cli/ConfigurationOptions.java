package isthmus.server.cli;

import isthmus.server.config.Configuration;
import isthmus.server.config.ConfigurationReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options with which commands are told their configuration. */
final class ConfigurationOptions {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationOptions.class);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file; docs/isthmus.yaml shows every key.")
    private @Nullable Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "The data directory: short for --set data=DIR.")
    private @Nullable Path data;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key, such as mqtt.tcp.port=1884. May be repeated.")
    private List<String> overrides = new ArrayList<>();

    /** @throws isthmus.server.config.ConfigurationException with every mistake there is */
    Configuration read(Map<String, String> environment) {
        ConfigurationReader reader = new ConfigurationReader(environment, LOG::warn);
        List<String> options = new ArrayList<>(overrides);
        if (data != null) {
            options.add("data=" + data);
        }
        return file == null ? reader.read(options) : reader.read(file, options);
    }
}
