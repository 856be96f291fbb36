package isthmus.server.management;

import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.api.Route;
import isthmus.server.operations.AlarmOperations;
import isthmus.server.operations.AlarmOperations.Alarm;
import isthmus.server.operations.AlarmOperations.AlarmRule;
import isthmus.server.operations.AlarmOperations.Item;
import isthmus.server.operations.AlarmOperations.NewWebhook;
import isthmus.server.operations.AlarmOperations.Notice;
import isthmus.server.operations.AlarmOperations.OneAlarm;
import isthmus.server.operations.AlarmOperations.TestResult;
import java.time.Clock;
import java.util.List;

/** Alarms and their webhook. */
public final class AlarmRoutes {
    private final AlarmWatch alarms;
    private final Webhook webhook;
    private final Clock clock;

    public AlarmRoutes(AlarmWatch alarms, Webhook webhook, Clock clock) {
        this.alarms = alarms;
        this.webhook = webhook;
        this.clock = clock;
    }

    public List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(AlarmOperations.LIST, call -> new Page<>(alarms.list(), null)),
                Route.of(AlarmOperations.SET, this::set),
                Route.of(AlarmOperations.WEBHOOK, call -> new AlarmOperations.Webhook(webhook.address())),
                Route.of(AlarmOperations.SET_WEBHOOK, this::setWebhook),
                Route.of(AlarmOperations.DELETE_WEBHOOK, this::deleteWebhook),
                Route.of(AlarmOperations.TEST, this::test));
    }

    private Alarm set(Call<OneAlarm, AlarmRule> call) {
        Item item = call.parameters().item();
        long threshold = call.body().thresholdOf(item);
        if (item.isShare() && threshold > 100) {
            throw Problem.invalid("threshold", threshold + " (expected: 1..100, a share of the limit)");
        }
        alarms.set(item, call.body());
        return alarms.list().stream()
                .filter(alarm -> alarm.item() == item)
                .findFirst()
                .orElseThrow();
    }

    private AlarmOperations.Webhook setWebhook(Call<None, NewWebhook> call) {
        webhook.set(call.body().address());
        return new AlarmOperations.Webhook(call.body().address());
    }

    private None deleteWebhook(Call<None, None> call) {
        webhook.set(null);
        return None.NONE;
    }

    private TestResult test(Call<None, None> call) {
        String address = webhook.address();
        if (address == null) {
            throw Problem.conflict("there is no webhook to test (isthmus ctl alarms set-webhook)");
        }
        return webhook.postNow(
                address,
                new Notice("test", null, null, null, null, "a test of the alarms of Isthmus", clock.instant()));
    }
}
