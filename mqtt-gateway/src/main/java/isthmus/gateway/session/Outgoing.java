package isthmus.gateway.session;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.QoS;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to one Client.
 *
 * @param message null when it is to be sent again and the log no longer has it
 * @param qos the lower of message and subscription
 * @param packetId the identifier under which it was sent before, or 0
 */
record Outgoing(@Nullable LoggedMessage message, QoS qos, Origin origin, int packetId) {
    /** Where it comes from. */
    enum Origin {
        /** The feed, or the log where the feed was missed: in log order. Moves the cursor. */
        LOG,
        /** Stored before the subscription was made; sent with RETAIN set [MQTT-3.3.1-8]. */
        RETAINED,
        /** Kept for a Client whose session is not stored. */
        INBOX,
        /** Sent on an earlier connection and not acknowledged [MQTT-4.4.0-1]. */
        REDELIVERED
    }

    static Outgoing fromLog(LoggedMessage message, QoS qos) {
        return new Outgoing(message, qos, Origin.LOG, 0);
    }

    int bytes() {
        return message == null
                ? 0
                : message.payload().length() + message.topicSeen().length();
    }
}
