package isthmus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessageType;
import isthmus.gateway.harness.FakeLog;
import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.harness.SettableClock;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.session.SessionLimits;
import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.StoredSession;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sets the machine's clock. */
class ClockTest {
    private static final Duration YEARS = Duration.ofDays(3650);
    private static final String HERE = "GID_Test@@@here";
    private static final String AWAY = "GID_Test@@@away";

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        SessionLimits threeDays = GatewayFixture.limits(1000, 1000);
        gateway = new GatewayFixture(directory, new FakeLog(), threeDays, clock);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aStepForwardByYearsExpiresNeitherWhoIsHereNorWhoIsAway() {
        try (TestClient here = stored(HERE)) {
            leave(stored(AWAY));
            long before = leftMillis(AWAY);
            clock.move(YEARS);
            gateway.gateway().upkeepNow();
            await().until(() -> isAbout(leftMillis(AWAY), before + YEARS.toMillis()));
            gateway.gateway().upkeepNow();
            here.expectNothing();
            try (TestClient back = gateway.client()) {
                assertThat(back.connect(AWAY, false)).as("session present").isTrue();
            }
        }
    }

    @Test
    void aStepBackKeepsNobodyForEver() {
        leave(stored(AWAY));
        long before = leftMillis(AWAY);
        clock.move(YEARS.negated());
        gateway.gateway().upkeepNow();
        await().until(() -> isAbout(leftMillis(AWAY), before - YEARS.toMillis()));
    }

    @Test
    void keepAliveAndMessagesGoOnAcrossSteps() {
        try (TestClient here = stored(HERE)) {
            for (Duration step : new Duration[] {YEARS, YEARS.multipliedBy(-2)}) {
                clock.move(step);
                gateway.gateway().upkeepNow();
                here.publish("T/x", 1, 1, "x");
                here.expect(MqttMessageType.PUBACK, 1);
                here.expectNothing();
            }
        }
    }

    @Test
    void theIndexOfEventsGrowsWhenTheClockGoesBack() {
        leave(stored(AWAY));
        clock.move(YEARS.negated());
        leave(stored(AWAY));
        await().until(() -> gateway.events.size() == 6);
        assertThat(gateway.events)
                .extracting(ConnectionEvent::eventIndex)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private TestClient stored(String clientId) {
        TestClient client = gateway.client();
        client.connect(clientId, false);
        return client;
    }

    private void leave(TestClient client) {
        client.disconnect();
        await().until(() -> leftMillis(AWAY) > 0);
    }

    /** The fake clock stands still between two steps, and what measures time does not. */
    private static boolean isAbout(long millis, long expected) {
        return Math.abs(millis - expected) < Duration.ofMinutes(1).toMillis();
    }

    private long leftMillis(String clientId) {
        return gateway.store().sessions().stream()
                .filter(session -> session.clientId().equals(clientId))
                .mapToLong(StoredSession::leftMillis)
                .findFirst()
                .orElse(-1);
    }
}
