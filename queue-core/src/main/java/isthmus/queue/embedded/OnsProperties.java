package isthmus.queue.embedded;

import java.util.Map;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;

/**
 * Two properties of messages that clients of ONS set, and that RocketMQ knows by other names: when to deliver a timed
 * message, and how long not to ask after a transaction. Without this, timed messages would be delivered at once. Stateless.
 */
final class OnsProperties {
    private static final String START_DELIVER_TIME = "__STARTDELIVERTIME";
    private static final String CHECK_IMMUNITY = "CheckImmunityTimeInSeconds";

    private OnsProperties() {}

    /** Adds RocketMQ's properties to a message that is about to be stored, whoever sent it. */
    static void translate(MessageExtBrokerInner message) {
        Map<String, String> properties = message.getProperties();
        // Nearly all messages have neither.
        if (properties == null
                || !(properties.containsKey(START_DELIVER_TIME) || properties.containsKey(CHECK_IMMUNITY))) {
            return;
        }
        // One that was due already keeps its old property, and RocketMQ's mark that it has waited.
        if (!properties.containsKey(MessageConst.PROPERTY_TIMER_OUT_MS)) {
            copy(message, START_DELIVER_TIME, MessageConst.PROPERTY_TIMER_DELIVER_MS);
        }
        copy(message, CHECK_IMMUNITY, MessageConst.PROPERTY_CHECK_IMMUNITY_TIME_IN_SECONDS);
        message.setPropertiesString(MessageDecoder.messageProperties2String(message.getProperties()));
    }

    private static void copy(MessageExtBrokerInner message, String from, String to) {
        String value = message.getProperty(from);
        if (value != null && message.getProperty(to) == null) {
            MessageAccessor.putProperty(message, to, value);
        }
    }
}
