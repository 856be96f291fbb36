package isthmus.conformance.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** One MQTT packet as it came from the server: what the first byte says, and the bytes behind the length. */
final class Frame {
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBACK = 9;
    static final int UNSUBACK = 11;

    private final int first;
    private final byte[] body;

    Frame(int first, byte[] body) {
        this.first = first;
        this.body = body;
    }

    int type() {
        return first >> 4 & 15;
    }

    /** PUBLISH only. */
    int qos() {
        return first >> 1 & 3;
    }

    boolean dup() {
        return (first & 8) != 0;
    }

    boolean retain() {
        return (first & 1) != 0;
    }

    /** Of every packet that begins with one; a PUBLISH has it behind the topic. */
    int packetId() {
        return number(type() == PUBLISH ? 2 + number(0) : 0);
    }

    String topic() {
        return new String(body, 2, number(0), UTF_8);
    }

    String payload() {
        int start = 2 + number(0) + (qos() == 0 ? 0 : 2);
        return new String(body, start, body.length - start, UTF_8);
    }

    /** A byte of the body: flags and return codes. */
    int at(int index) {
        return Byte.toUnsignedInt(body[index]);
    }

    private int number(int index) {
        return Short.toUnsignedInt(ByteBuffer.wrap(body).getShort(index));
    }
}
