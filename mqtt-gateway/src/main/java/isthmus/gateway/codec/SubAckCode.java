package isthmus.gateway.codec;

import isthmus.gateway.spi.QoS;

/** The answers to one request of a SUBSCRIBE (section 3.9.3). */
public enum SubAckCode {
    GRANTED_0(0x00),
    GRANTED_1(0x01),
    GRANTED_2(0x02),
    FAILURE(0x80);

    private final int wire;

    SubAckCode(int wire) {
        this.wire = wire;
    }

    public static SubAckCode granted(QoS qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> GRANTED_0;
            case AT_LEAST_ONCE -> GRANTED_1;
            case EXACTLY_ONCE -> GRANTED_2;
        };
    }

    /** The number on the wire. */
    public int wire() {
        return wire;
    }
}
