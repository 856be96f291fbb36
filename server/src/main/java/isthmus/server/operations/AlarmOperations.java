package isthmus.server.operations;

import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import java.net.URI;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alarms about the instance, and whom they are told. */
public final class AlarmOperations {
    private AlarmOperations() {}

    public static final Operation<None, None, Page<Alarm>> LIST = Operation.get(
                    "/alarms", "alarms list", "Lists the alarms, their thresholds and whether they are raised.")
            .answersPageOf(Alarm.class);

    public static final Operation<OneAlarm, AlarmRule, Alarm> SET = Operation.put(
                    "/alarms/{item}",
                    "alarms set",
                    "Sets the threshold of an alarm and when it is posted, or switches it on or off.")
            .parameters(OneAlarm.class)
            .body(AlarmRule.class)
            .answers(Alarm.class);

    public static final Operation<None, None, Webhook> WEBHOOK = Operation.get(
                    "/alarm-webhook", "alarms webhook", "Shows where alarms are posted to.")
            .answers(Webhook.class);

    public static final Operation<None, NewWebhook, Webhook> SET_WEBHOOK = Operation.put(
                    "/alarm-webhook", "alarms set-webhook", "Posts alarms to an address, as JSON.")
            .role(Role.ADMIN)
            .body(NewWebhook.class)
            .answers(Webhook.class);

    public static final Operation<None, None, None> DELETE_WEBHOOK = Operation.delete(
                    "/alarm-webhook", "alarms delete-webhook", "Posts alarms nowhere any more.")
            .role(Role.ADMIN)
            .answersNothing();

    public static final Operation<None, None, TestResult> TEST = Operation.post(
                    "/alarm-webhook/test", "alarms test", "Posts a test alarm, and tells what the address answered.")
            .answers(TestResult.class);

    static List<Operation<?, ?, ?>> all() {
        return List.of(LIST, SET, WEBHOOK, SET_WEBHOOK, DELETE_WEBHOOK, TEST);
    }

    /** What an alarm is about. */
    public enum Item {
        CONNECTIONS("% of mqtt.limits.connections", 70),
        SUBSCRIPTIONS("% of mqtt.limits.subscriptions", 70),
        STORED_SESSIONS("% of mqtt.limits.storedSessions", 70),
        RETAINED_MESSAGES("% of mqtt.limits.retainedMessages", 70),
        WAITING_BYTES("% of mqtt.limits.waitingBytes", 70),
        BACKLOG("messages that were not acknowledged or not sent yet", 100_000),
        DELAY("seconds for which the feed to the clients has been behind the log", 60),
        /** Five minutes are time for the members to be replaced one after the other. */
        DISAGREEMENT("seconds for which the members of a consumer group have not subscribed alike", 300);

        private final String unit;
        private final long threshold;

        Item(String unit, long threshold) {
            this.unit = unit;
            this.threshold = threshold;
        }

        public String unit() {
            return unit;
        }

        /** Whether its threshold is a share of a limit. */
        public boolean isShare() {
            return unit.startsWith("%");
        }
    }

    public record OneAlarm(@Field("What the alarm is about.") Item item) {}

    public record AlarmRule(
            @Field(
                            value = "The value from which on it is raised; left out: the default of the item.",
                            min = 1,
                            max = 100_000_000)
                    @Nullable
                    Long threshold,
            @Field(value = "Whether it is looked after.", unset = "true") boolean enabled,
            @Field(
                            value =
                                    "The first minute of the day in which it is posted, in the time zone of the server.",
                            unset = "00:00")
                    LocalTime tellFrom,
            @Field(value = "The last minute of the day in which it is posted.", unset = "23:59") LocalTime tellUntil,
            @Field(
                            value =
                                    "The minutes after which it is posted again, as long as it lasts; left out: it is not.",
                            min = 5,
                            max = 1440)
                    @Nullable
                    Integer tellEveryMinutes) {
        public AlarmRule {
            Telling.requireHours(tellFrom, tellUntil);
        }

        public long thresholdOf(Item item) {
            return threshold == null ? item.threshold : threshold;
        }

        public Telling telling() {
            return new Telling(tellFrom, tellUntil, tellEveryMinutes);
        }
    }

    public record Alarm(
            @Field("What it is about.") Item item,
            @Field("Whether it is looked after.") boolean enabled,
            @Field("The value from which on it is raised.") long threshold,
            @Field("The value now.") long value,
            @Field("Since when it is raised; left out when it is not.") @Nullable Instant raised,
            @Field("The first minute of the day in which it is posted, in the time zone of the server.")
                    LocalTime tellFrom,
            @Field("The last minute of the day in which it is posted.") LocalTime tellUntil,
            @Field("The minutes after which it is posted again; left out when it is not.") @Nullable
                    Integer tellEveryMinutes,
            @Field("The unit of value and threshold.") String unit) {}

    public record Webhook(@Field("The address; left out when there is none.") @Nullable String address) {}

    public record NewWebhook(
            @Field(value = "An address that begins with http:// or https://.", min = 8, max = 2000) String address) {
        public NewWebhook {
            if (!isUsable(address)) {
                throw new IllegalArgumentException(
                        "address: " + address + " (expected: an address that begins with http:// or https://)");
            }
        }

        private static boolean isUsable(String address) {
            try {
                URI uri = URI.create(address);
                return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /** What is posted. */
    public record Notice(
            @Field("raised, cleared or test.") String state,
            @Field("What it is about; left out in a test.") @Nullable Item item,
            @Field("The consumer group, when it is about one.") @Nullable String group,
            @Field("The topic, when it is about what waits for a group.") @Nullable String topic,
            @Field("Since when it is, or was, raised; left out in a test.") @Nullable Instant since,
            @Field("A sentence.") String text,
            @Field("When.") Instant time) {}

    public record TestResult(
            @Field("The HTTP status that the address answered; left out when there was no answer.") @Nullable
                    Integer status,
            @Field("What happened.") String text) {}
}
