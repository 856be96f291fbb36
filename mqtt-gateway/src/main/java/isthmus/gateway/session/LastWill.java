package isthmus.gateway.session;

import isthmus.gateway.spi.KeptWill;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.UnstorableMessage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Will of one connection (section 3.1.2.5). It is kept in the session store from before the CONNACK until the log has
 * it or it is not wanted any more, so that {@link CutConnections} can publish it when the server is killed. Owner thread
 * only.
 */
final class LastWill {
    private static final Logger LOG = LoggerFactory.getLogger(LastWill.class);

    private final SessionContext context;
    private final KeptWill will;

    LastWill(SessionContext context, KeptWill will) {
        this.context = context;
        this.will = will;
        context.capacity().wills().add(bytes());
    }

    /** Completes on the store's thread when the Will survives a death of the process. */
    CompletionStage<Void> keep() {
        return context.store().write(List.of(new StoreChange.WillKept(will)));
    }

    String topic() {
        return will.message().topic();
    }

    /** DISCONNECT came, or the connection was not accepted [MQTT-3.1.2-10]. */
    void forget() {
        context.capacity().wills().add(-bytes());
        done();
    }

    /** The connection ended in any other way [MQTT-3.1.2-8]. */
    void publish() {
        context.capacity().wills().add(-bytes());
        context.uplink().publish(context.withinLimits(will.message())).whenComplete((stored, failure) -> {
            if (failure == null) {
                done();
            } else {
                onFailure(failure);
            }
        });
    }

    private long bytes() {
        return will.message().payload().length();
    }

    private void onFailure(Throwable failure) {
        context.counters().willFailed();
        PublishedMessage message = will.message();
        if (isHopeless(failure)) {
            LOG.warn("the will of {} was not stored: {}", message.clientId(), Failures.sentence(failure));
            done();
        } else {
            LOG.warn(
                    "the will of {} was not stored, it is tried again at the next start: {}",
                    message.clientId(),
                    Failures.sentence(failure));
        }
    }

    /** Whether it is of no use to try again. */
    static boolean isHopeless(Throwable failure) {
        return Failures.cause(failure) instanceof UnstorableMessage;
    }

    private void done() {
        context.store().write(List.of(new StoreChange.WillDone(will.message().clientId(), will.channelId())));
    }
}
