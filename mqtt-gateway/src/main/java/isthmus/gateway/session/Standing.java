package isthmus.gateway.session;

import isthmus.gateway.auth.Credential;
import isthmus.gateway.auth.Identity;
import isthmus.gateway.auth.TokenUpload;
import isthmus.gateway.auth.Withdrawal;
import isthmus.gateway.routing.Subscription;
import isthmus.gateway.spi.Payload;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the Client of a connection may stay, and with which subscriptions. What was withdrawn ends the connection, because
 * MQTT 3.1.1 has no other way to tell the Client; a subscription that it may not hold any more goes with it, also when the
 * session is stored. Owner thread only.
 */
final class Standing {
    /** So long before its end a Client is told that a token ends. */
    private static final long NOTICE_MILLIS = Duration.ofMinutes(5).toMillis();

    private final SessionContext context;
    private final Session session;
    private final Attachment attachment;
    private final AccessCheck access;
    private boolean noticed;

    Standing(SessionContext context, Session session, Attachment attachment, AccessCheck access) {
        this.context = context;
        this.session = session;
        this.attachment = attachment;
        this.access = access;
        watch();
    }

    /** Has the session told when the time has come to look again. */
    private void watch() {
        long expires = access.expiresMillis();
        long wake = expires == Identity.NEVER || noticed ? expires : expires - NOTICE_MILLIS;
        session.signedOn(access.identity(), wake);
    }

    /** Before the Client is let in: why it may not be, because something changed since it signed on, or null. */
    @Nullable
    Withdrawal objection() {
        return access.objection();
    }

    /**
     * Something has changed that concerns this Client, or time has passed.
     *
     * @return whether it stays
     */
    boolean recheck() {
        Withdrawal objection = access.objection();
        if (objection != null) {
            withdraw(objection, access.firstToExpire());
            return false;
        }
        String filter = dropLostSubscriptions();
        String topic = access.lostTopic();
        if (filter != null) {
            close("account " + access.account() + " may no longer subscribe to " + filter);
        } else if (topic != null) {
            close("account " + access.account() + " may no longer publish to " + topic);
        } else {
            noticeIfNearEnd();
        }
        return filter == null && topic == null;
    }

    private void close(String what) {
        attachment.connection().close(DisconnectReason.PERMISSION_WITHDRAWN, what);
    }

    private void withdraw(Withdrawal why, String type) {
        if (access.identity().credential() instanceof Credential.Tokens) {
            attachment.connection().write(TokenNotices.invalid(type, why));
        }
        if (why.cause() == Withdrawal.Cause.ACCOUNT) {
            dropLostSubscriptions();
            close(why.reason());
        } else {
            attachment.connection().close(DisconnectReason.CREDENTIAL_WITHDRAWN, why.reason());
        }
    }

    /**
     * The subscriptions that the Client may hold no longer go, here, on the feed thread and on the disk.
     *
     * @return the first of them, or null
     */
    @Nullable
    String dropLostSubscriptions() {
        List<Subscription> lost = session.subscriptions().list().stream()
                .filter(each -> !access.maySubscribe(each.filter()))
                .toList();
        if (lost.isEmpty()) {
            return null;
        }
        List<String> filters = lost.stream().map(each -> each.filter().text()).toList();
        List<Subscription> removed = session.subscriptions().remove(filters);
        context.capacity().subscriptions().giveBack(removed.size());
        context.subscriptions().unsubscribe(attachment, removed, () -> {});
        return filters.get(0);
    }

    private void noticeIfNearEnd() {
        long expires = access.expiresMillis();
        if (!noticed
                && expires != Identity.NEVER
                && expires - NOTICE_MILLIS <= context.clock().millis()) {
            noticed = true;
            attachment.connection().write(TokenNotices.expires(access.firstToExpire(), expires));
        }
        watch();
    }

    /**
     * A Client publishes a fresh token.
     *
     * @return whether it stays
     */
    boolean onTokenUpload(Payload payload) {
        TokenUpload upload = TokenUpload.of(payload);
        Withdrawal objection = upload == null ? Withdrawal.unreadableToken() : access.take(upload);
        if (objection != null) {
            withdraw(
                    objection,
                    upload == null ? access.firstToExpire() : upload.type().name());
            return false;
        }
        noticed = false;
        watch();
        return recheck();
    }
}
