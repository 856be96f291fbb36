package isthmus.server.operations;

import isthmus.queue.api.QueueTopic;
import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import isthmus.server.resources.Group;
import isthmus.server.resources.GroupKind;
import isthmus.server.resources.Topic;
import isthmus.server.resources.TopicPermission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parent topics, and groups of devices and server applications. */
public final class ResourceOperations {
    private ResourceOperations() {}

    public static final Operation<TopicSearch, None, Page<TopicView>> TOPICS = Operation.get(
                    "/topics", "topics list", "Lists the parent topics.")
            .parameters(TopicSearch.class)
            .answersPageOf(TopicView.class);

    public static final Operation<TopicName, None, TopicView> TOPIC = Operation.get(
                    "/topics/{topic}", "topics show", "Shows one parent topic.")
            .parameters(TopicName.class)
            .answers(TopicView.class);

    public static final Operation<None, NewTopic, TopicView> CREATE_TOPIC = Operation.post(
                    "/topics", "topics create", "Makes a parent topic, which can be used at once.")
            .role(Role.ADMIN)
            .body(NewTopic.class)
            .answers(TopicView.class);

    public static final Operation<TopicName, TopicChange, TopicView> CHANGE_TOPIC = Operation.put(
                    "/topics/{topic}", "topics change", "Changes what is given; the rest stays as it is.")
            .role(Role.ADMIN)
            .parameters(TopicName.class)
            .body(TopicChange.class)
            .answers(TopicView.class);

    public static final Operation<TopicName, None, None> DELETE_TOPIC = Operation.delete(
                    "/topics/{topic}",
                    "topics delete",
                    "Deletes a parent topic: its subscribers are disconnected, and its messages found no more.")
            .role(Role.ADMIN)
            .parameters(TopicName.class)
            .answersNothing();

    public static final Operation<GroupSearch, None, Page<GroupView>> GROUPS = Operation.get(
                    "/groups", "groups list", "Lists the groups of devices, consumers and producers.")
            .parameters(GroupSearch.class)
            .answersPageOf(GroupView.class);

    public static final Operation<GroupName, None, GroupView> GROUP = Operation.get(
                    "/groups/{group}", "groups show", "Shows one group.")
            .parameters(GroupName.class)
            .answers(GroupView.class);

    public static final Operation<None, NewGroup, GroupView> CREATE_GROUP = Operation.post(
                    "/groups", "groups create", "Makes a group, which can be used at once.")
            .role(Role.ADMIN)
            .body(NewGroup.class)
            .answers(GroupView.class);

    public static final Operation<GroupName, GroupChange, GroupView> CHANGE_GROUP = Operation.put(
                    "/groups/{group}", "groups change", "Changes the remark of a group.")
            .role(Role.ADMIN)
            .parameters(GroupName.class)
            .body(GroupChange.class)
            .answers(GroupView.class);

    public static final Operation<GroupName, None, None> DELETE_GROUP = Operation.delete(
                    "/groups/{group}", "groups delete", "Deletes a group: its devices are disconnected.")
            .role(Role.ADMIN)
            .parameters(GroupName.class)
            .answersNothing();

    static List<Operation<?, ?, ?>> all() {
        return List.of(
                TOPICS,
                TOPIC,
                CREATE_TOPIC,
                CHANGE_TOPIC,
                DELETE_TOPIC,
                GROUPS,
                GROUP,
                CREATE_GROUP,
                CHANGE_GROUP,
                DELETE_GROUP);
    }

    public record TopicSearch(
            @Field("Only those whose name begins with this.") @Nullable String prefix,
            @Field(value = "At most so many.", unset = "50", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record TopicName(@Field("The name of the parent topic.") String topic) {}

    public record TopicView(
            @Field("Its name: the first level of MQTT topics, and the RocketMQ topic.") String name,
            @Field("What kind of messages it is for.") QueueTopic.Kind type,
            @Field("What may be done with it at all.") TopicPermission permission,
            @Field("What somebody noted.") String remark) {
        public static TopicView of(Topic topic) {
            return new TopicView(topic.name(), topic.type(), topic.permission(), topic.remark());
        }
    }

    public record NewTopic(
            @Field("Its name: 2 to 64 characters out of A-Z a-z 0-9 _ -.") String name,
            @Field(value = "What kind of messages it is for.", unset = "normal") QueueTopic.Kind type,
            @Field(value = "What may be done with it at all.", unset = "read_write") TopicPermission permission,
            @Field(value = "A note, at most 500 characters.") @Nullable String remark) {}

    public record TopicChange(
            @Field("What kind of messages it is for.") QueueTopic.@Nullable Kind type,
            @Field("What may be done with it at all.") @Nullable TopicPermission permission,
            @Field("A note, at most 500 characters.") @Nullable String remark) {}

    public record GroupSearch(
            @Field("Only those of this kind.") @Nullable GroupKind kind,
            @Field(value = "At most so many.", unset = "50", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record GroupName(@Field("The group id.") String group) {}

    public record GroupView(
            @Field("Its id.") String name,
            @Field("Whose group it is.") GroupKind kind,
            @Field("What somebody noted.") String remark) {
        public static GroupView of(Group group) {
            return new GroupView(group.name(), group.kind(), group.remark());
        }
    }

    public record NewGroup(
            @Field("Its id. Of devices: GID_ and 3 to 28 characters; others: 2 to 64; out of A-Z a-z 0-9 _ -.")
                    String name,
            @Field(value = "Whose group it is.", unset = "mqtt") GroupKind kind,
            @Field("A note, at most 500 characters.") @Nullable String remark) {}

    public record GroupChange(@Field("A note, at most 500 characters.") String remark) {}
}
