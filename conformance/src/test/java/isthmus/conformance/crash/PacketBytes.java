package isthmus.conformance.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The packets that a Client sends, as bytes; written down from the standard and not from the server's own codec. */
final class PacketBytes {
    private PacketBytes() {}

    static byte[] connect(String clientId, String user, String password, boolean cleanSession) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(4);
        body.write(0xc0 | (cleanSession ? 2 : 0));
        number(body, 0);
        text(body, clientId);
        text(body, user);
        text(body, password);
        return packet(0x10, body);
    }

    static byte[] publish(Sent message, int packetId, boolean dup) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, message.topic());
        number(body, packetId);
        body.writeBytes(message.payload().getBytes(UTF_8));
        return packet(0x30 | (dup ? 8 : 0) | message.qos() << 1 | (message.retain() ? 1 : 0), body);
    }

    static byte[] pubAck(int packetId) {
        return withId(0x40, packetId);
    }

    static byte[] pubRec(int packetId) {
        return withId(0x50, packetId);
    }

    static byte[] pubRel(int packetId) {
        return withId(0x62, packetId);
    }

    static byte[] pubComp(int packetId) {
        return withId(0x70, packetId);
    }

    static byte[] subscribe(int packetId, String filter, int qos) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        number(body, packetId);
        text(body, filter);
        body.write(qos);
        return packet(0x82, body);
    }

    static byte[] unsubscribe(int packetId, String filter) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        number(body, packetId);
        text(body, filter);
        return packet(0xa2, body);
    }

    static byte[] disconnect() {
        return packet(0xe0, new ByteArrayOutputStream());
    }

    private static byte[] withId(int first, int packetId) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        number(body, packetId);
        return packet(first, body);
    }

    private static byte[] packet(int first, ByteArrayOutputStream body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int rest = body.size();
        do {
            packet.write(rest % 128 | (rest >= 128 ? 128 : 0));
            rest /= 128;
        } while (rest > 0);
        packet.writeBytes(body.toByteArray());
        return packet.toByteArray();
    }

    private static void text(ByteArrayOutputStream to, String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        number(to, utf8.length);
        to.writeBytes(utf8);
    }

    private static void number(ByteArrayOutputStream to, int number) {
        to.write(number >> 8);
        to.write(number);
    }
}
