package isthmus.gateway.codec;

import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;

/**
 * What a Client wants published when its connection ends without a DISCONNECT (section 3.1.2.5).
 *
 * @param topic a valid Topic Name
 */
public record Will(String topic, Payload payload, QoS qos, boolean retain) {
    /** Without the payload. */
    @Override
    public String toString() {
        return "Will[topic=" + topic + ", qos=" + qos + ", retain=" + retain + "]";
    }
}
