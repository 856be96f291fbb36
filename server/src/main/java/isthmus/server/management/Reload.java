package isthmus.server.management;

import isthmus.server.config.Configuration;
import isthmus.server.config.ConfigurationException;
import isthmus.server.config.ConfigurationValues;
import isthmus.server.operations.ConfigurationOperations.Reloaded;
import isthmus.server.operations.ConfigurationOperations.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configuration again and puts into effect what can change while the server runs. Any thread, one at a time. */
public final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    /** The keys that can change. */
    private static final Set<String> RELOADABLE = Set.of(
            "mqtt.limits.connections",
            "mqtt.limits.connectionsPerAddress",
            "mqtt.limits.connectRate",
            "mqtt.limits.connectRatePerAddress",
            "mqtt.limits.storedSessions",
            "mqtt.limits.subscriptions");

    private final Supplier<Configuration> reader;
    private final Consumer<Configuration> limits;
    private final Configuration started;
    /** What was read last; its reloadable keys are in effect. Guarded by this. */
    private Configuration effective;

    /**
     * @param reader reads the same files, variables and options as at the start
     * @param limits puts those keys into effect that can change
     */
    public Reload(Configuration started, Supplier<Configuration> reader, Consumer<Configuration> limits) {
        this.started = started;
        this.effective = started;
        this.reader = reader;
        this.limits = limits;
    }

    /**
     * Reads and applies.
     *
     * @throws ConfigurationException when it is broken; nothing has changed then
     */
    synchronized Reloaded now() {
        Configuration fresh = reader.get();
        List<String> applied = new ArrayList<>();
        List<String> needRestart = new ArrayList<>();
        for (String key : ConfigurationValues.changed(effective, fresh)) {
            if (RELOADABLE.contains(key)) {
                applied.add(key);
            }
        }
        for (String key : ConfigurationValues.changed(started, fresh)) {
            if (!RELOADABLE.contains(key)) {
                needRestart.add(key);
            }
        }
        limits.accept(fresh);
        effective = fresh;
        LOG.info(
                "configuration read again; in effect: {}; needs a restart: {}",
                applied.isEmpty() ? "nothing new" : String.join(", ", applied),
                needRestart.isEmpty() ? "nothing" : String.join(", ", needRestart));
        return new Reloaded(applied, needRestart);
    }

    /** The same for a signal: a broken configuration is reported in the log. */
    public void onSignal() {
        try {
            now();
        } catch (ConfigurationException broken) {
            LOG.error("the configuration is broken and nothing has changed: {}", broken.getMessage());
        }
    }

    synchronized List<SettingValue> values() {
        List<SettingValue> values = new ArrayList<>();
        Map<String, String> fresh = ConfigurationValues.shown(effective);
        ConfigurationValues.shown(started).forEach((key, value) -> {
            boolean reloadable = RELOADABLE.contains(key);
            values.add(new SettingValue(key, reloadable ? fresh.getOrDefault(key, "") : value, reloadable));
        });
        return values;
    }
}
