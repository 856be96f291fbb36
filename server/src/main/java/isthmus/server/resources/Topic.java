package isthmus.server.resources;

import isthmus.queue.api.QueueTopic;
import isthmus.server.permissions.AccountRights;

/** A parent topic: the first level of MQTT topics, and the RocketMQ topic behind it. */
public record Topic(String name, QueueTopic.Kind type, TopicPermission permission, String remark) {
    /** As it is when nothing is said. */
    static Topic plain(String name) {
        return new Topic(name, QueueTopic.Kind.NORMAL, TopicPermission.READ_WRITE, "");
    }

    QueueTopic forQueue() {
        return new QueueTopic(name, type, permission.isReadable(), permission.isWritable());
    }

    AccountRights.Parent forRights() {
        return new AccountRights.Parent(name, permission.isWritable(), permission.isReadable());
    }
}
