package isthmus.server.operations;

import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import java.util.List;

/** The configuration: what is in effect, and reading it again. */
public final class ConfigurationOperations {
    private ConfigurationOperations() {}

    public static final Operation<None, None, Page<SettingValue>> SHOW = Operation.get(
                    "/configuration", "configuration show", "Lists the configuration in effect, secrets masked.")
            .role(Role.ADMIN)
            .answersPageOf(SettingValue.class);

    public static final Operation<None, None, Reloaded> RELOAD = Operation.post(
                    "/configuration/reload",
                    "configuration reload",
                    "Reads the configuration again and puts into effect what can change while the server runs.")
            .role(Role.ADMIN)
            .answers(Reloaded.class);

    static List<Operation<?, ?, ?>> all() {
        return List.of(SHOW, RELOAD);
    }

    public record SettingValue(
            @Field("The key.") String key,
            @Field("Its value, as it would stand in the file.") String value,
            @Field("Whether a reload puts a change into effect; else it needs a restart.") boolean reloadable) {}

    public record Reloaded(
            @Field("Keys whose new values are in effect.") List<String> applied,
            @Field("Keys that have changed too, and need a restart.") List<String> needRestart) {}
}
