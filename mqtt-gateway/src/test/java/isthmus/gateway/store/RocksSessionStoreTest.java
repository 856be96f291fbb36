package isthmus.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.gateway.spi.KeptWill;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.OpenConnection;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.SessionStore.IndexEntries;
import isthmus.gateway.spi.SessionStore.RetainedView;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoreChange.ConnectionEnded;
import isthmus.gateway.spi.StoreChange.ConnectionOpened;
import isthmus.gateway.spi.StoreChange.CursorMoved;
import isthmus.gateway.spi.StoreChange.EventIndexMoved;
import isthmus.gateway.spi.StoreChange.FeedMoved;
import isthmus.gateway.spi.StoreChange.FilterAdded;
import isthmus.gateway.spi.StoreChange.FilterRemoved;
import isthmus.gateway.spi.StoreChange.InFlightAdded;
import isthmus.gateway.spi.StoreChange.InFlightDone;
import isthmus.gateway.spi.StoreChange.InFlightReleased;
import isthmus.gateway.spi.StoreChange.IndexEntryRemoved;
import isthmus.gateway.spi.StoreChange.IndexTrimmed;
import isthmus.gateway.spi.StoreChange.Indexed;
import isthmus.gateway.spi.StoreChange.ReceivedAdded;
import isthmus.gateway.spi.StoreChange.ReceivedDone;
import isthmus.gateway.spi.StoreChange.RetainedCleared;
import isthmus.gateway.spi.StoreChange.RetainedSet;
import isthmus.gateway.spi.StoreChange.SessionLeft;
import isthmus.gateway.spi.StoreChange.SessionOpened;
import isthmus.gateway.spi.StoreChange.SessionRemoved;
import isthmus.gateway.spi.StoreChange.Subscribed;
import isthmus.gateway.spi.StoreChange.Unsubscribed;
import isthmus.gateway.spi.StoreChange.WillDone;
import isthmus.gateway.spi.StoreChange.WillKept;
import isthmus.gateway.spi.StoredSession;
import isthmus.gateway.spi.StoredSession.InFlight;
import isthmus.gateway.spi.StoredSession.StoredSubscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class RocksSessionStoreTest {
    private static final String CLIENT = "GID_A@@@d1";
    private static final String OTHER = "GID_A@@@d1/é气";

    @TempDir
    Path directory;

    private RocksSessionStore store;

    @BeforeEach
    void open() {
        store = RocksSessionStore.open(directory, false);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aNewStoreIsEmpty() {
        assertThat(store.sessions()).isEmpty();
        assertThat(store.filters()).isEmpty();
        assertThat(store.feedPosition()).isEqualTo(-1);
        assertThat(index(1, -1)).isEmpty();
        assertThat(retained("#")).isEmpty();
        assertThat(store.records("account")).isEmpty();
    }

    @Test
    void everyPartOfASessionIsThereAfterReopening() {
        write(new SessionOpened(CLIENT, 1000, -1), new SessionOpened(OTHER, 2000, 77));
        write(new Subscribed(CLIENT, "a/+", QoS.AT_LEAST_ONCE, 5), new Subscribed(CLIENT, "气/#", QoS.EXACTLY_ONCE, 6));
        write(new Subscribed(CLIENT, "a/+", QoS.AT_MOST_ONCE, 9), new Subscribed(OTHER, "#", QoS.AT_LEAST_ONCE, -1));
        write(new Subscribed(OTHER, "gone", QoS.AT_LEAST_ONCE, 1), new Unsubscribed(OTHER, "gone"));
        write(new CursorMoved(CLIENT, 400), new SessionLeft(CLIENT, 3000));
        write(new ReceivedAdded(CLIENT, 1, 1), new ReceivedAdded(CLIENT, 65_535, 1), new ReceivedAdded(CLIENT, 2, 1));
        write(new ReceivedDone(CLIENT, 2));
        reopen();

        List<StoredSubscription> subscriptions = List.of(
                new StoredSubscription("a/+", QoS.AT_MOST_ONCE, 9), new StoredSubscription("气/#", QoS.EXACTLY_ONCE, 6));
        assertThat(store.sessions())
                .containsExactlyInAnyOrder(
                        new StoredSession(CLIENT, 1000, 3000, 400, subscriptions, List.of(), Set.of(1, 65_535)),
                        new StoredSession(
                                OTHER,
                                2000,
                                0,
                                77,
                                List.of(new StoredSubscription("#", QoS.AT_LEAST_ONCE, -1)),
                                List.of(),
                                Set.of()));
    }

    @Test
    void inFlightMessagesKeepTheOrderInWhichTheyWereSentOverReopening() {
        write(new SessionOpened(CLIENT, 1, -1));
        write(new InFlightAdded(CLIENT, 9, 50, QoS.AT_LEAST_ONCE), new InFlightAdded(CLIENT, 3, 10, QoS.EXACTLY_ONCE));
        write(new InFlightAdded(CLIENT, 1, 60, QoS.AT_LEAST_ONCE), new InFlightAdded(CLIENT, 7, 55, QoS.EXACTLY_ONCE));
        reopen();
        write(new InFlightAdded(CLIENT, 2, 5, QoS.EXACTLY_ONCE), new InFlightReleased(CLIENT, 2));
        write(new InFlightReleased(CLIENT, 3), new InFlightReleased(CLIENT, 3), new InFlightDone(CLIENT, 1));
        write(new InFlightReleased(CLIENT, 7), new InFlightAdded(CLIENT, 7, 70, QoS.EXACTLY_ONCE));
        write(new InFlightReleased(CLIENT, 99));
        reopen();

        assertThat(session(CLIENT).inFlight())
                .containsExactly(
                        new InFlight(9, 50, QoS.AT_LEAST_ONCE, false),
                        new InFlight(3, 10, QoS.EXACTLY_ONCE, true),
                        new InFlight(2, 5, QoS.EXACTLY_ONCE, true),
                        new InFlight(7, 70, QoS.EXACTLY_ONCE, false));
    }

    @Test
    void aRemovedSessionLeavesNothingAndTakesNothingOfItsNeighbours() {
        for (String client : List.of("GID_A@@@d", CLIENT, "GID_A@@@d11")) {
            write(new SessionOpened(client, 1, 1), new SessionLeft(client, 2), new CursorMoved(client, 3));
            write(new Subscribed(client, "a", QoS.AT_LEAST_ONCE, 1), new ReceivedAdded(client, 1, 1));
            write(new InFlightAdded(client, 1, 1, QoS.AT_LEAST_ONCE));
        }
        List<StoredSession> before = store.sessions();
        write(new Subscribed(CLIENT, "b", QoS.AT_LEAST_ONCE, 1), new SessionRemoved(CLIENT));
        reopen();

        assertThat(before).hasSize(3).allSatisfy(session -> assertThat(session.inFlight())
                .hasSize(1));
        assertThat(store.sessions())
                .containsExactlyInAnyOrderElementsOf(before.stream()
                        .filter(s -> !s.clientId().equals(CLIENT))
                        .toList());
        write(new SessionOpened(CLIENT, 8, 9));
        assertThat(session(CLIENT)).isEqualTo(new StoredSession(CLIENT, 8, 0, 9, List.of(), List.of(), Set.of()));
    }

    @Test
    void changesOfASessionThatIsGoneAreDroppedAtStart() {
        write(new SessionOpened(CLIENT, 1, 1), new SessionRemoved(CLIENT));
        write(new CursorMoved(CLIENT, 5), new Subscribed(CLIENT, "a", QoS.AT_LEAST_ONCE, 1));
        write(new InFlightAdded(CLIENT, 1, 1, QoS.AT_LEAST_ONCE), new ReceivedAdded(CLIENT, 4, 1));
        reopen();

        assertThat(store.sessions()).isEmpty();
        write(new SessionOpened(CLIENT, 8, 9));
        assertThat(session(CLIENT)).isEqualTo(new StoredSession(CLIENT, 8, 0, 9, List.of(), List.of(), Set.of()));
    }

    @Test
    void theIndexIsReadInOrderFromAPositionOn() {
        write(new FilterAdded(3, "a/#"), new FilterAdded(4, "b"), new FeedMoved(1L << 40));
        write(
                new Indexed(3, 300),
                new Indexed(3, 0),
                new Indexed(3, 1L << 39),
                new Indexed(3, 255),
                new Indexed(4, 256));
        reopen();

        assertThat(store.filters()).isEqualTo(Map.of("a/#", 3, "b", 4));
        assertThat(store.feedPosition()).isEqualTo(1L << 40);
        assertThat(index(3, -1)).containsExactly(0L, 255L, 300L, 1L << 39);
        assertThat(index(3, 0)).containsExactly(255L, 300L, 1L << 39);
        assertThat(index(3, 255)).containsExactly(300L, 1L << 39);
        assertThat(index(3, 256)).containsExactly(300L, 1L << 39);
        assertThat(index(3, Long.MAX_VALUE)).isEmpty();
        assertThat(index(4, -1)).containsExactly(256L);
        assertThat(index(5, -1)).isEmpty();
    }

    @Test
    void indexEntriesGoOneByOneUpToAPositionOrWithTheirFilter() {
        write(new FilterAdded(1, "a"), new FilterAdded(2, "b"), new FilterAdded(Integer.MAX_VALUE, "c"));
        for (int i = 0; i < 10; i++) {
            store.writeNow(List.of(new Indexed(1, i), new Indexed(2, i), new Indexed(Integer.MAX_VALUE, i)));
        }
        write(new IndexEntryRemoved(1, 5), new IndexTrimmed(1, 4), new FilterRemoved(2));
        reopen();

        assertThat(index(1, -1)).containsExactly(4L, 6L, 7L, 8L, 9L);
        assertThat(index(2, -1)).isEmpty();
        assertThat(index(Integer.MAX_VALUE, -1)).hasSize(10);
        assertThat(store.filters()).containsOnlyKeys("a", "c");
        write(new FilterRemoved(Integer.MAX_VALUE));
        assertThat(index(Integer.MAX_VALUE, -1)).isEmpty();
    }

    @Test
    void trimmingInTheSameBatchCountsAndManyEntriesGoToo() {
        write(new Indexed(1, 1), new Indexed(1, 2), new Indexed(1, 3), new IndexTrimmed(1, 3), new Indexed(1, 0));
        assertThat(index(1, -1)).containsExactly(0L, 3L);
        write(new Indexed(2, 1), new FilterRemoved(2), new Indexed(2, 2));
        assertThat(index(2, -1)).containsExactly(2L);

        List<StoreChange> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            many.add(new Indexed(3, i));
        }
        store.writeNow(many);
        write(new IndexTrimmed(3, 0));
        assertThat(index(3, -1)).hasSize(20_000);
        write(new IndexTrimmed(3, 10));
        write(new IndexTrimmed(3, 20), new IndexTrimmed(3, 15));
        assertThat(index(3, -1)).hasSize(19_980);
        write(new IndexTrimmed(3, 15_000), new Indexed(3, 14_000));
        assertThat(index(3, -1)).hasSize(5_001).startsWith(14_000L, 15_000L);
        write(new IndexTrimmed(3, 20_000));
        assertThat(index(3, -1)).isEmpty();
    }

    @Test
    void indexEntriesOfAFilterThatIsGoneAreDroppedAtStart() {
        write(new FilterAdded(1, "a"), new Indexed(1, 1), new Indexed(2, 2), new Indexed(3, 3));
        reopen();

        assertThat(store.filters()).isEqualTo(Map.of("a", 1));
        assertThat(index(1, -1)).containsExactly(1L);
        assertThat(index(2, -1)).isEmpty();
        assertThat(index(3, -1)).isEmpty();
    }

    @Test
    void aWalkThroughTheIndexDoesNotSeeWhatIsWrittenLater() {
        write(new Indexed(1, 1), new Indexed(1, 2));
        try (IndexEntries entries = store.index(1, -1)) {
            store.writeNow(List.of(new Indexed(1, 3), new IndexTrimmed(1, 3)));
            assertThat(List.of(entries.next(), entries.next(), entries.next(), entries.next()))
                    .containsExactly(1L, 2L, -1L, -1L);
        }
        assertThat(index(1, -1)).containsExactly(3L);
    }

    @Test
    void clampingForgetsWhatTheLogHasLost() {
        write(new FeedMoved(500), new SessionOpened(CLIENT, 1, 450), new SessionOpened(OTHER, 1, 200));
        write(new Subscribed(CLIENT, "a", QoS.AT_LEAST_ONCE, 440), new Subscribed(CLIENT, "b", QoS.AT_LEAST_ONCE, 100));
        write(new FilterAdded(1, "a"), new FilterAdded(2, "b"));
        for (long position : List.of(100L, 399L, 400L, 401L, 499L)) {
            write(new Indexed(1, position), new Indexed(2, position));
            write(new InFlightAdded(CLIENT, (int) position, position, QoS.EXACTLY_ONCE));
        }
        write(new InFlightReleased(CLIENT, 401));
        store.clampTo(400);
        reopen();

        assertThat(store.feedPosition()).isEqualTo(400);
        assertThat(index(1, -1)).containsExactly(100L, 399L);
        assertThat(index(2, -1)).containsExactly(100L, 399L);
        assertThat(session(CLIENT).cursor()).isEqualTo(399);
        assertThat(session(OTHER).cursor()).isEqualTo(200);
        assertThat(session(CLIENT).subscriptions())
                .extracting(StoredSubscription::since)
                .containsExactly(399L, 100L);
        assertThat(session(CLIENT).inFlight()).extracting(InFlight::packetId).containsExactly(100, 399, 401);
        store.clampTo(1000);
        assertThat(store.feedPosition()).isEqualTo(400);
    }

    @Test
    void retainedMessagesAreReplacedAndCleared() {
        LoggedMessage first = message(1, "a/b", "a/b", "one");
        LoggedMessage second = message(2, "a/b", "seen/as/this", "two");
        LoggedMessage third = message(3, "气", "", "");
        write(new RetainedSet(first), new RetainedSet(third), new RetainedSet(message(4, "x", "x", "gone")));
        try (RetainedView before = store.retained()) {
            write(new RetainedSet(second), new RetainedCleared("x"));
            reopen();
            assertThat(retained("#")).containsExactly(second, third);
        }
    }

    @Test
    void aClosedViewIsNotRead() {
        RetainedView view = store.retained();
        view.close();
        view.close();
        assertThatThrownBy(() -> view.find("#", "", 1)).isInstanceOf(IllegalStateException.class);
        IndexEntries entries = store.index(1, -1);
        entries.close();
        entries.close();
        assertThatThrownBy(entries::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNameThatCannotBeAKeyIsRefusedAlone() {
        assertThat(store.write(List.of(new SessionOpened("a\0b", 1, 1))).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(StoreFailure.class)
                .withMessageContaining("U+0000");
        write(new SessionOpened(CLIENT, 1, 1));
        assertThat(store.sessions()).hasSize(1);
    }

    @Test
    void recordsAreKeptByKind() {
        store.putRecord("account", "ak", payload("secret"));
        store.putRecord("account", "气/é", payload(""));
        store.putRecord("accounts", "ak", payload("other"));
        store.putRecord("account", "gone", payload("x"));
        store.removeRecord("account", "gone");
        store.removeRecord("account", "never");
        reopen();

        assertThat(store.records("account")).isEqualTo(Map.of("ak", payload("secret"), "气/é", payload("")));
        assertThat(store.records("accounts")).isEqualTo(Map.of("ak", payload("other")));
        assertThat(store.records("acc")).isEmpty();
    }

    @Test
    void identifiersOfLostMessagesAreForgottenAndANewSessionHasNone() {
        write(new SessionOpened(CLIENT, 1, -1), new ReceivedAdded(CLIENT, 1, 100), new ReceivedAdded(CLIENT, 2, 200));
        store.clampTo(200);
        assertThat(store.sessions().get(0).received()).containsExactly(1);
        write(new SessionOpened(CLIENT, 2, -1));
        assertThat(store.sessions().get(0).received()).isEmpty();
    }

    @Test
    void openConnectionsAreThereAfterReopeningPageByPageUntilTheyEnd() {
        OpenConnection first = new OpenConnection(CLIENT, "a1", "10.0.0.1:1");
        OpenConnection second = new OpenConnection(CLIENT, "a2", "10.0.0.1:2");
        OpenConnection third = new OpenConnection(OTHER, "a1", "[::1]:3");
        assertThat(store.openConnections(null, 9)).isEmpty();
        assertThat(store.eventIndex()).isZero();
        write(new ConnectionOpened(third), new ConnectionOpened(second), new ConnectionOpened(first));
        write(new ConnectionEnded(OTHER, "a2"), new ConnectionEnded("nobody", "a1"), new EventIndexMoved(77));
        reopen();
        assertThat(store.openConnections(null, 9)).containsExactly(first, second, third);
        assertThat(store.openConnections(null, 2)).containsExactly(first, second);
        assertThat(store.openConnections(second, 2)).containsExactly(third);
        assertThat(store.openConnections(third, 2)).isEmpty();
        assertThat(store.eventIndex()).isEqualTo(77);
        write(new ConnectionEnded(CLIENT, "a1"), new SessionRemoved(CLIENT));
        assertThat(store.openConnections(null, 9)).containsExactly(second, third);
    }

    @Test
    void willsAreThereAfterReopeningPageByPageUntilTheyAreDone() {
        KeptWill small = will(CLIENT, "a1", Payload.empty());
        KeptWill large = will(OTHER, "a1", Payload.wrap(new byte[100_000]));
        write(new WillKept(small), new WillKept(large), new WillKept(will(CLIENT, "a2", Payload.empty())));
        write(new WillDone(CLIENT, "a2"));
        reopen();
        assertThat(store.wills(null, 9)).containsExactly(small, large);
        assertThat(store.wills(small, 9)).containsExactly(large);
        write(new WillDone(CLIENT, "a1"), new WillDone(OTHER, "a1"));
        assertThat(store.wills(null, 9)).isEmpty();
    }

    private static KeptWill will(String clientId, String channelId, Payload payload) {
        return new KeptWill(
                channelId, "AK", new PublishedMessage(clientId, false, "T/气", payload, QoS.EXACTLY_ONCE, true));
    }

    @Test
    void everyKindOfChangeCanBeEncoded() {
        List<StoreChange> all = List.of(
                new SessionOpened("c", 1, 1),
                new SessionRemoved("c"),
                new SessionLeft("c", 1),
                new CursorMoved("c", 1),
                new Subscribed("c", "f", QoS.AT_MOST_ONCE, 1),
                new Unsubscribed("c", "f"),
                new InFlightAdded("c", 1, 1, QoS.AT_MOST_ONCE),
                new InFlightReleased("c", 1),
                new InFlightDone("c", 1),
                new ReceivedAdded("c", 1, 1),
                new ReceivedDone("c", 1),
                new FilterAdded(1, "f"),
                new FilterRemoved(1),
                new Indexed(1, 1),
                new IndexEntryRemoved(1, 1),
                new IndexTrimmed(1, 1),
                new RetainedSet(message(1, "t", "t", "p")),
                new RetainedCleared("t"),
                new ConnectionOpened(new OpenConnection("c", "1", "ip:1")),
                new ConnectionEnded("c", "1"),
                new EventIndexMoved(1),
                new WillKept(will("c", "1", Payload.empty())),
                new WillDone("c", "1"),
                new FeedMoved(1));
        assertThat(all.stream().map(Object::getClass)).containsExactlyInAnyOrder(permittedKinds());
        store.writeNow(all);
    }

    private static Class<?>[] permittedKinds() {
        return StoreChange.class.getPermittedSubclasses();
    }

    @Test
    void afterClosingEveryCallIsRefusedWithASentence() {
        IndexEntries entries = store.index(1, -1);
        RetainedView view = store.retained();
        store.close();

        assertThatThrownBy(entries::next).isInstanceOf(StoreFailure.class).hasMessageContaining("is closed");
        assertThatThrownBy(() -> view.find("#", "", 1)).isInstanceOf(StoreFailure.class);
        assertThatThrownBy(() -> store.index(1, -1)).isInstanceOf(StoreFailure.class);
        assertThatThrownBy(() -> store.retained()).isInstanceOf(StoreFailure.class);
        assertThatThrownBy(() -> store.sessions()).isInstanceOf(StoreFailure.class);
        assertThatThrownBy(() -> store.writeNow(List.of(new FeedMoved(1)))).isInstanceOf(StoreFailure.class);
        assertThat(store.write(List.of(new FeedMoved(1))).toCompletableFuture()).isCompletedExceptionally();
        entries.close();
        view.close();
        store.close();
    }

    @Test
    void nothingButTheDatabaseStaysInTheDirectoryAndItsLogsAreFew() throws Exception {
        for (int i = 0; i < 6; i++) {
            reopen();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertThat(names).noneMatch(name -> name.contains("rocksdbjni"));
            assertThat(names).filteredOn(name -> name.startsWith("LOG")).hasSizeLessThanOrEqualTo(3);
        }
    }

    private void reopen() {
        store.close();
        store = RocksSessionStore.open(directory, false);
    }

    private void write(StoreChange... changes) {
        store.write(List.of(changes)).toCompletableFuture().join();
    }

    private StoredSession session(String clientId) {
        return store.sessions().stream()
                .filter(session -> session.clientId().equals(clientId))
                .findFirst()
                .orElseThrow();
    }

    private List<Long> index(int filterId, long after) {
        List<Long> positions = new ArrayList<>();
        try (IndexEntries entries = store.index(filterId, after)) {
            for (long position = entries.next(); position >= 0; position = entries.next()) {
                positions.add(position);
            }
        }
        return positions;
    }

    private List<LoggedMessage> retained(String filter) {
        try (RetainedView view = store.retained()) {
            return view.find(filter, "", 1000);
        }
    }

    private static LoggedMessage message(long position, String topic, String seen, String text) {
        return new LoggedMessage(position, topic, seen, payload(text), QoS.AT_LEAST_ONCE, true, null, false);
    }

    private static Payload payload(String text) {
        return Payload.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
