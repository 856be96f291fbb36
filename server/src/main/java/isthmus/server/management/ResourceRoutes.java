package isthmus.server.management;

import static isthmus.server.management.ResourceAnswers.asking;

import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Route;
import isthmus.server.operations.ResourceOperations;
import isthmus.server.operations.ResourceOperations.GroupChange;
import isthmus.server.operations.ResourceOperations.GroupName;
import isthmus.server.operations.ResourceOperations.GroupSearch;
import isthmus.server.operations.ResourceOperations.GroupView;
import isthmus.server.operations.ResourceOperations.NewGroup;
import isthmus.server.operations.ResourceOperations.NewTopic;
import isthmus.server.operations.ResourceOperations.TopicChange;
import isthmus.server.operations.ResourceOperations.TopicName;
import isthmus.server.operations.ResourceOperations.TopicSearch;
import isthmus.server.operations.ResourceOperations.TopicView;
import isthmus.server.resources.Group;
import isthmus.server.resources.Groups;
import isthmus.server.resources.Topic;
import isthmus.server.resources.Topics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parent topics and groups. */
public final class ResourceRoutes {
    private final Topics topics;
    private final Groups groups;

    public ResourceRoutes(Topics topics, Groups groups) {
        this.topics = topics;
        this.groups = groups;
    }

    public List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(ResourceOperations.TOPICS, this::topics),
                Route.of(ResourceOperations.TOPIC, asking(this::topic)),
                Route.of(ResourceOperations.CREATE_TOPIC, asking(this::createTopic)),
                Route.of(ResourceOperations.CHANGE_TOPIC, asking(this::changeTopic)),
                Route.of(ResourceOperations.DELETE_TOPIC, asking(this::deleteTopic)),
                Route.of(ResourceOperations.GROUPS, this::groups),
                Route.of(ResourceOperations.GROUP, asking(this::group)),
                Route.of(ResourceOperations.CREATE_GROUP, asking(this::createGroup)),
                Route.of(ResourceOperations.CHANGE_GROUP, asking(this::changeGroup)),
                Route.of(ResourceOperations.DELETE_GROUP, asking(this::deleteGroup)));
    }

    private Page<TopicView> topics(Call<TopicSearch, None> call) {
        TopicSearch search = call.parameters();
        String prefix = textOf(search.prefix());
        List<Topic> found = topics.list().stream()
                .filter(topic -> topic.name().startsWith(prefix))
                .toList();
        return ResourceAnswers.page(found, Topic::name, search.cursor(), search.limit(), TopicView::of);
    }

    private TopicView topic(Call<TopicName, None> call) {
        return TopicView.of(topics.get(call.parameters().topic()));
    }

    private TopicView createTopic(Call<None, NewTopic> call) {
        NewTopic wanted = call.body();
        return TopicView.of(topics.create(wanted.name(), wanted.type(), wanted.permission(), textOf(wanted.remark())));
    }

    private TopicView changeTopic(Call<TopicName, TopicChange> call) {
        String name = call.parameters().topic();
        TopicChange wanted = call.body();
        return TopicView.of(topics.change(name, wanted.type(), wanted.permission(), wanted.remark()));
    }

    private None deleteTopic(Call<TopicName, None> call) {
        topics.delete(call.parameters().topic());
        return None.NONE;
    }

    private Page<GroupView> groups(Call<GroupSearch, None> call) {
        GroupSearch search = call.parameters();
        List<Group> found = search.kind() == null ? groups.list() : groups.list(search.kind());
        return ResourceAnswers.page(found, Group::name, search.cursor(), search.limit(), GroupView::of);
    }

    private GroupView group(Call<GroupName, None> call) {
        return GroupView.of(groups.get(call.parameters().group()));
    }

    private GroupView createGroup(Call<None, NewGroup> call) {
        NewGroup wanted = call.body();
        return GroupView.of(groups.create(wanted.name(), wanted.kind(), textOf(wanted.remark())));
    }

    private GroupView changeGroup(Call<GroupName, GroupChange> call) {
        String name = call.parameters().group();
        groups.setRemark(name, call.body().remark());
        return GroupView.of(groups.get(name));
    }

    private None deleteGroup(Call<GroupName, None> call) {
        groups.delete(call.parameters().group());
        return None.NONE;
    }

    private static String textOf(@Nullable String text) {
        return text == null ? "" : text;
    }
}
