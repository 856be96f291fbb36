package isthmus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OnlineDevicesTest {
    private static final String DEVICE = "GID_Sensors@@@d1";
    private final OnlineDevices devices = new OnlineDevices();

    @Test
    void aDeviceIsOnlineFromItsConnectToTheEndOfItsConnection() {
        assertThat(devices.accept(event("connect", "a", 1))).isTrue();
        assertThat(devices.online()).containsExactly(DEVICE);
        assertThat(devices.accept(event("disconnect", "a", 2))).isFalse();
        assertThat(devices.isOnline(DEVICE)).isTrue();
        assertThat(devices.accept(event("tcpclean", "a", 3))).isTrue();
        assertThat(devices.online()).isEmpty();
    }

    @Test
    void aTakenOverConnectionThatEndsAfterTheNewOneBeganChangesNothing() {
        devices.accept(event("connect", "a", 1));
        assertThat(devices.accept(event("connect", "b", 2))).isFalse();
        assertThat(devices.accept(event("tcpclean", "a", 3))).isFalse();
        assertThat(devices.isOnline(DEVICE)).isTrue();
        assertThat(devices.accept(event("tcpclean", "b", 4))).isTrue();
        assertThat(devices.isOnline(DEVICE)).isFalse();
    }

    @Test
    void aConnectThatComesAfterItsEndDoesNotBringTheDeviceBack() {
        assertThat(devices.accept(event("tcpclean", "a", 2))).isFalse();
        assertThat(devices.accept(event("connect", "a", 1))).isFalse();
        assertThat(devices.isOnline(DEVICE)).isFalse();
    }

    @Test
    void theConnectOfAnOlderConnectionThatComesLateDoesNotBringTheDeviceBack() {
        devices.accept(event("connect", "b", 2));
        devices.accept(event("tcpclean", "b", 4));
        assertThat(devices.accept(event("connect", "a", 1))).isFalse();
        assertThat(devices.isOnline(DEVICE)).isFalse();
    }

    @Test
    void aNewerConnectionThatHasEndedAlreadyEndsTheOlderOneToo() {
        devices.accept(event("connect", "a", 1));
        devices.accept(event("tcpclean", "b", 4));
        assertThat(devices.isOnline(DEVICE)).isTrue();
        assertThat(devices.accept(event("connect", "b", 2))).isTrue();
        assertThat(devices.isOnline(DEVICE)).isFalse();
    }

    @Test
    void eventsThatComeTwiceChangeNothing() {
        devices.accept(event("connect", "a", 1));
        assertThat(devices.accept(event("connect", "a", 1))).isFalse();
        devices.accept(event("tcpclean", "a", 2));
        assertThat(devices.accept(event("tcpclean", "a", 2))).isFalse();
        assertThat(devices.accept(event("connect", "a", 1))).isFalse();
        assertThat(devices.online()).isEmpty();
    }

    @Test
    void aFlappingDeviceEndsInTheSameStateWhateverTheOrderOfItsEvents() {
        List<PresenceEvent> events = new ArrayList<>();
        for (int connection = 0; connection < 6; connection++) {
            events.add(event("connect", "channel" + connection, 2 * connection));
            if (connection < 5) {
                events.add(event("tcpclean", "channel" + connection, 2 * connection + 1));
            }
        }
        for (int seed = 0; seed < 500; seed++) {
            Collections.shuffle(events, new Random(seed));
            OnlineDevices shuffled = new OnlineDevices();
            events.forEach(shuffled::accept);
            assertThat(shuffled.isOnline(DEVICE)).as("order %s", events).isTrue();
            shuffled.accept(event("tcpclean", "channel5", 11));
            assertThat(shuffled.online()).isEmpty();
        }
    }

    @Test
    void devicesDoNotDisturbEachOther() {
        devices.accept(event("connect", "a", 1));
        devices.accept(new PresenceEvent("GID_Sensors@@@d2", 0, "connect", "z", 1, "127.0.0.1:2"));
        devices.accept(event("tcpclean", "a", 2));
        assertThat(devices.online()).containsExactly("GID_Sensors@@@d2");
    }

    private static PresenceEvent event(String type, String channelId, long eventIndex) {
        return new PresenceEvent(DEVICE, 0, type, channelId, eventIndex, "127.0.0.1:1");
    }
}
