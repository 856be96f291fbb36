package isthmus.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.harness.FakeLog;
import isthmus.gateway.routing.Router;
import isthmus.gateway.routing.Subscription;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.store.RocksSessionStore;
import isthmus.gateway.topics.TopicFilter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCatchUpTest {
    private static final Subscription ONE = new Subscription(TopicFilter.of("T/1"), QoS.AT_LEAST_ONCE, 0);
    private static final Subscription TWO = new Subscription(TopicFilter.of("T/2"), QoS.AT_LEAST_ONCE, 0);

    @TempDir
    Path directory;

    private SessionStore store;
    private final HeldSubscriptions subscriptions = new HeldSubscriptions();

    @BeforeEach
    void open() {
        store = RocksSessionStore.open(directory, false);
        subscriptions.restore(List.of(ONE, TWO));
        subscriptions.indexed(List.of(ONE, TWO), List.of(1, 2));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsIndexedWhileAPageIsReadComesAfterwardsAsAWhole() {
        Router router = new Router(store, List.of(), System::nanoTime);
        router.deliver(List.of(), 10);
        SessionStore busy = indexingBetweenFilters();
        SessionContext context = new SessionContext(
                null, new FakeLog(), busy, null, router, null, null, null, null, null, null, null, null);
        PageSource.Page page = new StoredCatchUp(context, subscriptions, -1).read();
        assertThat(page.messages()).as("20 without 10 would pass 10 over").isEmpty();
        assertThat(page.upTo()).isEqualTo(9);
        assertThat(page.last()).isTrue();
    }

    /** Between reading the first filter and the second one, each gets a message. */
    private SessionStore indexingBetweenFilters() {
        return (SessionStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SessionStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (method.getName().equals("index")) {
                            store.writeNow(List.of(new StoreChange.Indexed(1, 10), new StoreChange.Indexed(2, 20)));
                        }
                        return result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}
