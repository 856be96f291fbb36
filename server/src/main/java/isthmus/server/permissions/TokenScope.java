package isthmus.server.permissions;

import isthmus.gateway.spi.Rights;
import java.util.List;

/** The topics that a token is for. It says nothing of groups. */
public final class TokenScope {
    private final List<TopicPattern> topics;

    public TokenScope(List<TopicPattern> topics) {
        this.topics = List.copyOf(topics);
    }

    public Rights of(String clientId) {
        return new OfDevice(topics, Device.of(clientId));
    }

    private record OfDevice(List<TopicPattern> topics, Device device) implements Rights {
        @Override
        public boolean mayPublish(String topic) {
            return topics.stream().anyMatch(each -> each.matches(topic, device));
        }

        @Override
        public boolean maySubscribe(String filter) {
            return topics.stream().anyMatch(each -> each.covers(filter, device));
        }

        @Override
        public boolean mayReceive(String topic) {
            return mayPublish(topic);
        }

        @Override
        public boolean mayUse(String groupId) {
            return true;
        }

        @Override
        public boolean mayUseAllGroups() {
            return true;
        }
    }
}
