package isthmus.gateway.routing;

import isthmus.gateway.spi.Reception;
import isthmus.gateway.spi.SessionStore.RetainedView;
import isthmus.gateway.spi.StoreChange;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How sessions change what the {@link Router} knows. Each call hands a task to the feed thread, where it takes effect
 * between two messages of the log, after every message that was in the log at the time of the call. The tasks of one
 * caller run in the order of its calls; answers come on the feed thread and must not block it.
 */
public final class Subscriptions {
    /**
     * What the feed met between its last stored position and the end that the log had at the start.
     *
     * @param receptions the QoS 2 messages of stored sessions
     * @param messages all messages for devices
     */
    public record Recovered(List<Reception> receptions, long messages) {}

    private final Router router;
    private final Executor feed;

    /** @param feed the feed thread, with the order that {@link isthmus.gateway.spi.MessageLog#feed} promises */
    public Subscriptions(Router router, Executor feed) {
        this.router = router;
        this.feed = feed;
    }

    /**
     * A Client is online.
     *
     * @param at messages after this position are delivered to it
     * @param inboxId the number of its inbox in the backlog index, 0 if nothing waits there
     * @param filterIds the numbers of the subscriptions in the backlog index, 0 where there is none, in their order
     */
    public record Attached(long at, int inboxId, List<Integer> filterIds) {}

    /**
     * Subscriptions are in effect.
     *
     * @param at messages after this position are delivered for them
     * @param subscriptions what was asked for, in its order, with the position from which each counts
     * @param filterIds their numbers in the backlog index, 0 where there is none, in their order
     * @param retained the retained messages at that position; the receiver closes it
     */
    public record Subscribed(
            long at, List<Subscription> subscriptions, List<Integer> filterIds, RetainedView retained) {}

    public void attach(Subscriber subscriber, List<Subscription> subscriptions, Consumer<Attached> then) {
        feed.execute(() -> {
            int inbox = router.attach(subscriber, subscriptions);
            then.accept(new Attached(router.indexed(), inbox, router.filterIds(subscriber, subscriptions)));
        });
    }

    public void detach(Subscriber subscriber, Collection<Subscription> subscriptions) {
        feed.execute(() -> router.detach(subscriber, subscriptions));
    }

    /**
     * Adds subscriptions or replaces them.
     *
     * @param wanted what the Client asks for; what is not dated is dated here
     * @param before the session's subscriptions so far, by filter
     */
    public void subscribe(
            Subscriber subscriber,
            List<Subscription> wanted,
            Map<String, Subscription> before,
            Consumer<Subscribed> then) {
        feed.execute(() -> {
            long at = router.indexed();
            List<Subscription> dated =
                    wanted.stream().map(each -> each.datedUnlessItIs(at)).toList();
            List<Integer> filterIds = router.subscribe(subscriber, dated, before);
            then.accept(new Subscribed(at, dated, filterIds, router.retained()));
        });
    }

    public void unsubscribe(Subscriber subscriber, Collection<Subscription> unwanted, Runnable then) {
        feed.execute(() -> {
            router.unsubscribe(subscriber, unwanted);
            then.run();
        });
    }

    /**
     * A stored session begins. Written from the feed thread, so that it follows whatever an earlier session of the
     * Client left to be written.
     *
     * @param then on the store's thread, when the session survives a death of the process, or with the failure
     */
    public void open(String clientId, long createdMillis, BiConsumer<@Nullable Void, @Nullable Throwable> then) {
        feed.execute(() -> router.write(new StoreChange.SessionOpened(clientId, createdMillis, -1))
                .whenComplete(then));
    }

    /**
     * A stored session has ended for good: it no longer waits for what these subscriptions would have brought.
     *
     * @param then on the store's thread, when a death of the process cannot bring it back, or with the failure
     */
    public void forget(
            String clientId,
            Collection<Subscription> subscriptions,
            BiConsumer<@Nullable Void, @Nullable Throwable> then) {
        feed.execute(() -> {
            router.forget(subscriptions);
            router.write(new StoreChange.SessionRemoved(clientId)).whenComplete(then);
        });
    }

    /** Tells when everything that the log has now was given to the feed, and what of it came with the feed is stored. */
    public void afterFeed(Runnable then) {
        feed.execute(then);
    }

    /**
     * Once, at the start: tells when the feed has reached the end of the log, and what it met on the way, such as QoS 2
     * messages that were in the log when the server died, but not yet remembered as received.
     */
    public void recover(Consumer<Recovered> then) {
        feed.execute(() -> then.accept(router.recovered()));
    }

    /** A P2P message that was kept for this Client has reached it. */
    public void inboxDone(String clientId, long position) {
        feed.execute(() -> router.inboxDone(clientId, position));
    }

    /**
     * Removes what the backlog index no longer needs, and the inboxes of Clients that are away with nothing in them.
     *
     * @param before per filter number, the position before which nobody needs an entry
     * @param firstPosition the oldest position that the log still has
     */
    public void trim(Map<Integer, Long> before, long firstPosition) {
        feed.execute(() -> trimOn(router.trims(before, firstPosition)));
    }

    private void trimOn(Iterator<Router.Trim> trims) {
        router.trimSome(trims);
        if (trims.hasNext()) {
            feed.execute(() -> trimOn(trims));
        }
    }
}
