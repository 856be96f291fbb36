package isthmus.gateway.session;

import isthmus.gateway.codec.Packet;
import isthmus.gateway.codec.Will;
import java.util.Locale;
import java.util.stream.Collectors;

/** Packets in words, for a trace: everything but payloads, passwords and User Names. */
final class PacketWords {
    private PacketWords() {}

    /** As MQTT 3.1.1 writes it: {@code PUBLISH}. */
    static String name(Packet packet) {
        return packet.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    static String detail(Packet packet) {
        if (packet instanceof Packet.Publish publish) {
            return "topic=" + publish.topic() + " qos=" + publish.qos().level() + " retain=" + publish.retain()
                    + " dup=" + publish.dup() + " bytes=" + publish.payload().length()
                    + (publish.packetId() == 0 ? "" : " " + identifier(publish.packetId()))
                    + (publish.traceId() == null ? "" : " trace=" + publish.traceId());
        }
        if (packet instanceof Packet.Connect connect) {
            Will will = connect.will();
            return "cleanSession=" + connect.cleanSession() + " keepAlive=" + connect.keepAliveSeconds() + " will="
                    + (will == null ? "none" : will.topic());
        }
        if (packet instanceof Packet.ConnAck connAck) {
            return "sessionPresent=" + connAck.sessionPresent() + " code=" + connAck.code();
        }
        if (packet instanceof Packet.Subscribe subscribe) {
            return subscribe.requests().stream()
                            .map(request ->
                                    request.filter() + ":" + request.qos().level())
                            .collect(Collectors.joining(" "))
                    + " " + identifier(subscribe.packetId());
        }
        if (packet instanceof Packet.SubAck subAck) {
            return "codes=" + subAck.codes() + " " + identifier(subAck.packetId());
        }
        if (packet instanceof Packet.Unsubscribe unsubscribe) {
            return String.join(" ", unsubscribe.filters()) + " " + identifier(unsubscribe.packetId());
        }
        if (packet instanceof Packet.UnsubAck unsubAck) {
            return identifier(unsubAck.packetId());
        }
        return acknowledgement(packet);
    }

    private static String acknowledgement(Packet packet) {
        if (packet instanceof Packet.PubAck pubAck) {
            return identifier(pubAck.packetId());
        }
        if (packet instanceof Packet.PubRec pubRec) {
            return identifier(pubRec.packetId());
        }
        if (packet instanceof Packet.PubRel pubRel) {
            return identifier(pubRel.packetId());
        }
        if (packet instanceof Packet.PubComp pubComp) {
            return identifier(pubComp.packetId());
        }
        return "";
    }

    private static String identifier(int packetId) {
        return "packetId=" + packetId;
    }
}
