package isthmus.server.management;

import static isthmus.server.management.QueueRefusals.told;

import isthmus.queue.api.admin.GroupDetail;
import isthmus.queue.api.admin.GroupSummary;
import isthmus.queue.api.admin.Groups;
import isthmus.queue.api.admin.Groups.DirectConsumption;
import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Route;
import isthmus.server.operations.ConsumerGroupOperations;
import isthmus.server.operations.ConsumerGroupOperations.Group;
import isthmus.server.operations.ConsumerGroupOperations.GroupClient;
import isthmus.server.operations.ConsumerGroupOperations.GroupLine;
import isthmus.server.operations.ConsumerGroupOperations.GroupName;
import isthmus.server.operations.ConsumerGroupOperations.GroupSearch;
import isthmus.server.operations.ConsumerGroupOperations.GroupTopic;
import isthmus.server.operations.ConsumerGroupOperations.Member;
import isthmus.server.operations.ConsumerGroupOperations.QueueProgress;
import isthmus.server.operations.ConsumerGroupOperations.QueueReset;
import isthmus.server.operations.ConsumerGroupOperations.Reset;
import isthmus.server.operations.ConsumerGroupOperations.ResetResult;
import isthmus.server.operations.ConsumerGroupOperations.TimeSpan;
import isthmus.server.operations.ConsumerGroupOperations.TopicProgress;
import isthmus.server.operations.ConsumerGroupOperations.Trial;
import isthmus.server.operations.ConsumerGroupOperations.TrialResult;
import isthmus.server.operations.QueueMessageOperations.TopicName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Consumer groups of server applications. */
final class ConsumerGroupRoutes {
    private final Groups groups;

    ConsumerGroupRoutes(Groups groups) {
        this.groups = groups;
    }

    List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(ConsumerGroupOperations.LIST, told(this::list)),
                Route.of(ConsumerGroupOperations.SHOW, told(this::show)),
                Route.of(ConsumerGroupOperations.STOP, told(call -> allow(call, false))),
                Route.of(ConsumerGroupOperations.START, told(call -> allow(call, true))),
                Route.of(ConsumerGroupOperations.RESET, told(this::reset)),
                Route.of(ConsumerGroupOperations.TRY, told(this::trial)),
                Route.of(ConsumerGroupOperations.SPAN, told(this::span)));
    }

    private Page<GroupLine> list(Call<GroupSearch, None> call) {
        GroupSearch search = call.parameters();
        String wanted = search.name() == null ? "" : search.name();
        String after = Page.key(search.cursor());
        List<GroupLine> found = groups.list().stream()
                .filter(one -> one.group().contains(wanted) && one.group().compareTo(after) > 0)
                .limit(search.limit() + 1L)
                .map(ConsumerGroupRoutes::line)
                .toList();
        return Page.of(found, search.limit(), GroupLine::group);
    }

    private static GroupLine line(GroupSummary one) {
        return new GroupLine(one.group(), one.members(), one.consuming(), one.backlog(), one.tps());
    }

    private Group show(Call<GroupName, None> call) {
        GroupDetail detail = groups.detail(call.parameters().group());
        GroupSummary summary = detail.summary();
        return new Group(
                summary.group(),
                detail.model(),
                summary.consuming(),
                summary.backlog(),
                summary.tps(),
                detail.agreement(),
                detail.differences(),
                detail.members().stream().map(ConsumerGroupRoutes::member).toList(),
                detail.progress().stream().map(ConsumerGroupRoutes::progress).toList());
    }

    private static Member member(GroupDetail.Member one) {
        return new Member(
                one.clientId(),
                one.address(),
                one.language(),
                one.version(),
                Instant.ofEpochMilli(one.seenMillis()),
                one.answered(),
                one.subscriptions().stream()
                        .map(subscription -> subscription.topic() + " " + subscription.expression())
                        .sorted()
                        .toList());
    }

    private static TopicProgress progress(GroupDetail.TopicProgress one) {
        return new TopicProgress(
                one.topic(),
                one.backlog(),
                one.delayMillis(),
                one.tps(),
                instant(one.lastMillis()),
                one.queues().stream()
                        .map(queue -> new QueueProgress(
                                queue.queueId(),
                                queue.minOffset(),
                                queue.maxOffset(),
                                queue.consumed(),
                                queue.pulled()))
                        .toList());
    }

    private None allow(Call<GroupName, None> call, boolean allowed) {
        groups.allowConsuming(call.parameters().group(), allowed);
        return None.NONE;
    }

    private ResetResult reset(Call<GroupTopic, Reset> call) {
        GroupTopic place = call.parameters();
        Instant time = call.body().time();
        List<Groups.QueueReset> moved = time == null
                ? groups.resetToLatest(place.group(), place.topic())
                : groups.resetToTime(place.group(), place.topic(), QueuePages.millis("time", time));
        return new ResetResult(moved.stream()
                .map(one -> new QueueReset(one.queueId(), one.minOffset(), one.maxOffset(), one.before(), one.after()))
                .toList());
    }

    private TrialResult trial(Call<GroupClient, Trial> call) {
        GroupClient client = call.parameters();
        DirectConsumption result = groups.consumeDirectly(
                client.group(),
                client.clientId(),
                call.body().topic(),
                call.body().messageId());
        return new TrialResult(
                result.success(), result.result().toLowerCase(Locale.ROOT), result.remark(), result.tookMillis());
    }

    private TimeSpan span(Call<TopicName, None> call) {
        Groups.TimeSpan span = groups.resettable(call.parameters().topic());
        return new TimeSpan(instant(span.oldestMillis()), instant(span.newestMillis()));
    }

    private static @Nullable Instant instant(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }
}
