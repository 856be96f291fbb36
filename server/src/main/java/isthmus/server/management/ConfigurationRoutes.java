package isthmus.server.management;

import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.api.Route;
import isthmus.server.config.ConfigurationException;
import isthmus.server.operations.ConfigurationOperations;
import isthmus.server.operations.ConfigurationOperations.Reloaded;
import isthmus.server.operations.ConfigurationOperations.SettingValue;
import java.util.List;

/** The configuration. */
public final class ConfigurationRoutes {
    private final Reload reload;

    public ConfigurationRoutes(Reload reload) {
        this.reload = reload;
    }

    public List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(ConfigurationOperations.SHOW, this::show),
                Route.of(ConfigurationOperations.RELOAD, this::reload));
    }

    private Page<SettingValue> show(Call<None, None> call) {
        return new Page<>(reload.values(), null);
    }

    private Reloaded reload(Call<None, None> call) {
        try {
            return reload.now();
        } catch (ConfigurationException broken) {
            throw Problem.of(422, "the configuration is broken and nothing has changed: " + broken.getMessage());
        }
    }
}
