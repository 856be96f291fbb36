package isthmus.server.operations;

import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many messages were sent and received. */
public final class QueueReportOperations {
    private QueueReportOperations() {}

    public static final Operation<Production, None, Page<Point>> PRODUCTION = Operation.get(
                    "/queue/topics/{topic}/report",
                    "queue reports production",
                    "Shows how many messages a topic took in each period, at most three days back.")
            .parameters(Production.class)
            .answersPageOf(Point.class);

    public static final Operation<Consumption, None, Page<Point>> CONSUMPTION = Operation.get(
                    "/queue/groups/{group}/topics/{topic}/report",
                    "queue reports consumption",
                    "Shows how many messages of a topic a group was given in each period, at most three days back.")
            .parameters(Consumption.class)
            .answersPageOf(Point.class);

    static List<Operation<?, ?, ?>> all() {
        return List.of(PRODUCTION, CONSUMPTION);
    }

    public record Production(
            @Field("The topic.") String topic,
            @Field(value = "Minutes of a period: 1, 10, 30 or 60.", unset = "10") int period,
            @Field("Where it begins. Left out: an hour before its end.") @Nullable Instant from,
            @Field("Where it ends. Left out: now.") @Nullable Instant to) {}

    public record Consumption(
            @Field("The consumer group.") String group,
            @Field("The topic.") String topic,
            @Field(value = "Minutes of a period: 1, 10, 30 or 60.", unset = "10") int period,
            @Field("Where it begins. Left out: an hour before its end.") @Nullable Instant from,
            @Field("Where it ends. Left out: now.") @Nullable Instant to) {}

    public record Point(
            @Field("When the period begins.") Instant start,
            @Field("Messages in it.") long messages,
            @Field("Messages per second, on average.") double tps) {}
}
