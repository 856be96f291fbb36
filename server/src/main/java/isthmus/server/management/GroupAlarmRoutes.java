package isthmus.server.management;

import static isthmus.server.management.QueueRefusals.told;

import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Route;
import isthmus.server.operations.ConsumerGroupOperations.GroupTopic;
import isthmus.server.operations.GroupAlarmOperations;
import isthmus.server.operations.GroupAlarmOperations.AlarmSearch;
import isthmus.server.operations.GroupAlarmOperations.GroupAlarm;
import java.util.List;

/** Alarms of consumer groups. */
public final class GroupAlarmRoutes {
    private final GroupAlarms alarms;

    public GroupAlarmRoutes(GroupAlarms alarms) {
        this.alarms = alarms;
    }

    public List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(GroupAlarmOperations.LIST, told(this::list)),
                Route.of(GroupAlarmOperations.SET, told(call -> alarms.set(call.parameters(), call.body()))),
                Route.of(GroupAlarmOperations.DELETE, this::delete));
    }

    private Page<GroupAlarm> list(Call<AlarmSearch, None> call) {
        AlarmSearch search = call.parameters();
        List<GroupAlarm> found = alarms.list(search.group(), Page.key(search.cursor()), search.limit() + 1);
        return Page.of(found, search.limit(), GroupAlarms::keyOf);
    }

    private None delete(Call<GroupTopic, None> call) {
        alarms.delete(call.parameters());
        return None.NONE;
    }
}
