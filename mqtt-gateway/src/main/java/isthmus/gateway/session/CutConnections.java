package isthmus.gateway.session;

import isthmus.gateway.spi.ConnectionEvents;
import isthmus.gateway.spi.KeptWill;
import isthmus.gateway.spi.OpenConnection;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.Uplink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a kill owes: the Wills and the {@code tcpclean} events of the connections that it has cut, in this order, as when a
 * connection ends. Once, at the start, when the feed has met every event of before in the log and before anybody may
 * connect. A page at a time, so that it takes the same memory however many there are. Blocks the calling thread.
 */
public final class CutConnections {
    private static final Logger LOG = LoggerFactory.getLogger(CutConnections.class);

    private static final int EVENTS_AT_ONCE = 1000;
    /** A Will can be as large as a packet. */
    private static final int WILLS_AT_ONCE = 100;

    /** A log that takes nothing must not keep the server from starting. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SessionStore store;
    private final Uplink uplink;
    private final ConnectionEvents events;
    private final Presence presence;
    private final WillRules rules;
    private final SessionContext context;
    private int published;
    private int dropped;
    private int postponed;

    public CutConnections(SessionContext context, ConnectionEvents events) {
        this.context = context;
        this.events = events;
        this.store = context.store();
        this.uplink = context.uplink();
        this.presence = context.presence();
        this.rules = new WillRules(context.directory());
    }

    /** Publishes what is owed. Events that the log refuses for now go on being tried; such Wills wait for the next start. */
    public void end() {
        List<KeptWill> wills = store.wills(null, WILLS_AT_ONCE);
        while (!wills.isEmpty()) {
            publish(wills);
            wills = store.wills(wills.get(wills.size() - 1), WILLS_AT_ONCE);
        }
        int cut = publishEnds();
        if (cut + published + dropped + postponed > 0) {
            LOG.info(
                    "The last stop cut {} connections: they are reported as ended, {} wills were published,"
                            + " {} dropped, {} wait for the next start",
                    cut,
                    published,
                    dropped,
                    postponed);
        }
    }

    /** A kill before the last line of this lets them be published a second time, which is better than never. */
    private void publish(List<KeptWill> wills) {
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (KeptWill will : wills) {
            String objection = rules.objection(
                    will.message().topic(), will.account(), will.message().clientId());
            stages.add(
                    objection == null
                            ? uplink.publish(context.withinLimits(will.message()))
                                    .toCompletableFuture()
                            : CompletableFuture.failedFuture(new NotPermitted(objection)));
        }
        await(CompletableFuture.allOf(stages.toArray(CompletableFuture<?>[]::new)));
        List<StoreChange> done = new ArrayList<>();
        for (int i = 0; i < wills.size(); i++) {
            if (isDone(wills.get(i).message(), stages.get(i))) {
                done.add(new StoreChange.WillDone(
                        wills.get(i).message().clientId(), wills.get(i).channelId()));
            }
        }
        await(store.write(done));
    }

    /** Whether the Will is published, or never will be. */
    private boolean isDone(PublishedMessage message, CompletableFuture<Void> stage) {
        Throwable failure = failureOf(stage);
        if (failure == null) {
            published++;
            return true;
        }
        boolean hopeless = failure instanceof NotPermitted || LastWill.isHopeless(failure);
        int before = hopeless ? dropped++ : postponed++;
        if (before == 0) {
            LOG.warn(
                    "The will that {} left when the server died is {}: {}. Others may be concerned, too.",
                    message.clientId(),
                    hopeless ? "not published" : "not stored, and is tried again at the next start",
                    Failures.sentence(failure));
        }
        return hopeless;
    }

    private static @Nullable Throwable failureOf(CompletableFuture<Void> stage) {
        if (!stage.isDone()) {
            return new IllegalStateException("the log has not answered within " + PATIENCE.toSeconds() + " s");
        }
        try {
            stage.getNow(null);
            return null;
        } catch (CompletionException failed) {
            return Failures.cause(failed);
        }
    }

    private int publishEnds() {
        int cut = 0;
        boolean answering = true;
        List<OpenConnection> page = store.openConnections(null, EVENTS_AT_ONCE);
        while (!page.isEmpty()) {
            page.forEach(presence::publishEnd);
            cut += page.size();
            answering = answering && await(events.settled());
            page = store.openConnections(page.get(page.size() - 1), EVENTS_AT_ONCE);
        }
        return cut;
    }

    /** @return whether it was done in time, well or not */
    private static boolean await(CompletionStage<Void> stage) {
        return stage.handle((done, failure) -> true)
                .toCompletableFuture()
                .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static final class NotPermitted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotPermitted(String why) {
            super(why);
        }
    }
}
