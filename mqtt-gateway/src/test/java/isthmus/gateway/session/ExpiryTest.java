package isthmus.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoopGroup;
import isthmus.gateway.harness.FakeLog;
import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.limits.Capacity;
import isthmus.gateway.limits.CapacityLimits;
import isthmus.gateway.routing.Router;
import isthmus.gateway.routing.Subscriptions;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.SessionStore.IndexEntries;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoredSession;
import isthmus.gateway.store.RocksSessionStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions whose Client does not return, with the real store and a clock of the test's. */
@Tag("integration")
class ExpiryTest {
    private static final Instant LEFT = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private final DefaultEventLoopGroup loops = new DefaultEventLoopGroup(1);
    private final FakeLog log = new FakeLog();
    private final Capacity capacity = Capacity.of(new CapacityLimits(10, 10, 10, 10, 1000, 1000, 1000));
    private RocksSessionStore store;

    @BeforeEach
    void leaveTwoSessionsBehind() {
        store = RocksSessionStore.open(directory, false);
        store.writeNow(List.of(
                new StoreChange.SessionOpened("away", 0, -1),
                new StoreChange.Subscribed("away", "T/a", QoS.AT_LEAST_ONCE, -1),
                new StoreChange.FilterAdded(1, "T/a"),
                new StoreChange.Indexed(1, 10),
                new StoreChange.Indexed(1, 20),
                new StoreChange.SessionLeft("away", LEFT.toEpochMilli()),
                new StoreChange.SessionOpened("later", 0, -1),
                new StoreChange.Subscribed("later", "T/b", QoS.AT_LEAST_ONCE, -1),
                new StoreChange.FilterAdded(2, "T/b"),
                new StoreChange.Indexed(2, 10),
                new StoreChange.SessionLeft("later", LEFT.plusSeconds(10).toEpochMilli()),
                new StoreChange.FeedMoved(30)));
    }

    @AfterEach
    void stop() {
        log.close();
        loops.shutdownGracefully().syncUninterruptibly();
        store.close();
    }

    private void keepHouseAt(Instant now) {
        List<StoredSession> stored = store.sessions();
        Router router = new Router(store, stored, System::nanoTime);
        Subscriptions subscriptions =
                new Subscriptions(router, task -> log.feed().execute(task));
        SessionContext context = new SessionContext(
                log,
                log,
                store,
                subscriptions,
                router,
                null,
                Runnable::run,
                null,
                GatewayFixture.limits(10, 10),
                null,
                new GatewayCounters(),
                capacity,
                Clock.fixed(now, ZoneOffset.UTC));
        SessionRegistry registry = new SessionRegistry(context, new SessionLoops(loops));
        stored.forEach(registry::restore);
        assertThat(capacity.storedSessions().taken()).isEqualTo(2);
        new Upkeep(registry, context, System::nanoTime).run();
    }

    @Test
    void aSessionWhoseClientStaysAwayGoesWithItsBacklogAndNoOtherDoes() {
        keepHouseAt(LEFT.plus(Duration.ofDays(3)).plusSeconds(5));
        await().untilAsserted(() ->
                assertThat(store.sessions()).extracting(StoredSession::clientId).containsExactly("later"));
        assertThat(store.filters()).containsOnlyKeys("T/b");
        assertThat(backlog(1)).isEqualTo(-1);
        assertThat(backlog(2)).isEqualTo(10);
        assertThat(capacity.storedSessions().taken()).isEqualTo(1);
        assertThat(capacity.subscriptions().taken()).isEqualTo(1);
    }

    private long backlog(int filterId) {
        try (IndexEntries entries = store.index(filterId, -1)) {
            return entries.next();
        }
    }
}
