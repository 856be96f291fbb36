package isthmus.gateway.codec;

import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT Control Packet (MQTT 3.1.1, chapter 3). What {@link PacketDecoder} hands out is well-formed: the rules that
 * one packet can break by itself hold. The order of packets is the connection's business.
 */
public sealed interface Packet {
    /**
     * A Client asks for a connection (section 3.1).
     *
     * @param clientId may be empty; what that means is the connection's decision
     * @param keepAliveSeconds 0..65535; 0 turns the Keep Alive off
     */
    record Connect(
            String clientId,
            boolean cleanSession,
            int keepAliveSeconds,
            @Nullable Will will,
            @Nullable String userName,
            @Nullable Payload password)
            implements Packet {
        /** The same, of a Client that was assigned an identifier [MQTT-3.1.3-6]. */
        public Connect withClientId(String assigned) {
            return new Connect(assigned, cleanSession, keepAliveSeconds, will, userName, password);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Connect[clientId=" + clientId + ", cleanSession=" + cleanSession + ", keepAliveSeconds="
                    + keepAliveSeconds + ", will=" + will + ", userName=" + userName + "]";
        }
    }

    /**
     * A CONNECT of another version of the protocol, of which only name and level were read. It is to be answered with
     * {@link ConnectReturnCode#UNACCEPTABLE_PROTOCOL_VERSION} [MQTT-3.1.2-2].
     */
    record UnsupportedProtocol(String name, int level) implements Packet {}

    /** The answer to a CONNECT (section 3.2). */
    record ConnAck(boolean sessionPresent, ConnectReturnCode code) implements Packet {}

    /**
     * An Application Message (section 3.3).
     *
     * @param packetId 1..65535; 0 for QoS 0, which has none on the wire
     * @param traceId of the distributed trace that it is part of, which is never on the wire; null: none that is known
     */
    record Publish(
            boolean dup, QoS qos, boolean retain, String topic, int packetId, Payload payload, @Nullable String traceId)
            implements Packet {
        public Publish(boolean dup, QoS qos, boolean retain, String topic, int packetId, Payload payload) {
            this(dup, qos, retain, topic, packetId, payload, null);
        }
    }

    /** QoS 1: the message is the receiver's (section 3.4). */
    record PubAck(int packetId) implements Packet {}

    /** QoS 2, part 1: the message is the receiver's (section 3.5). */
    record PubRec(int packetId) implements Packet {}

    /** QoS 2, part 2: the identifier may be forgotten (section 3.6). */
    record PubRel(int packetId) implements Packet {}

    /** QoS 2, part 3: it is forgotten (section 3.7). */
    record PubComp(int packetId) implements Packet {}

    /** A Client subscribes (section 3.8); at least one request. */
    record Subscribe(int packetId, List<Request> requests) implements Packet {
        public Subscribe {
            requests = List.copyOf(requests);
        }

        /** One Topic Filter and the highest QoS at which its messages are wanted. */
        public record Request(String filter, QoS qos) {}
    }

    /** The answer to a SUBSCRIBE, one code for each request, in their order (section 3.9). */
    record SubAck(int packetId, List<SubAckCode> codes) implements Packet {
        public SubAck {
            codes = List.copyOf(codes);
        }
    }

    /** A Client unsubscribes (section 3.10); at least one filter. */
    record Unsubscribe(int packetId, List<String> filters) implements Packet {
        public Unsubscribe {
            filters = List.copyOf(filters);
        }
    }

    /** The answer to an UNSUBSCRIBE (section 3.11). */
    record UnsubAck(int packetId) implements Packet {}

    /** Section 3.12. */
    record PingReq() implements Packet {}

    /** Section 3.13. */
    record PingResp() implements Packet {}

    /** A Client takes its leave (section 3.14). */
    record Disconnect() implements Packet {}
}
