package isthmus.gateway.session;

import isthmus.gateway.auth.Identity;
import isthmus.gateway.auth.TokenUpload;
import isthmus.gateway.auth.Withdrawal;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Rights;
import isthmus.gateway.topics.TopicFilter;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What the Client of one connection may do. It asks the directory again whenever anything has changed there, so that a
 * withdrawn permission holds from the next packet on, whether or not the session has been told of it. Owner thread only.
 */
final class AccessCheck {
    private final Directory directory;
    private final Clock clock;
    private final String clientId;
    private Identity identity;
    private @Nullable Rights rights;
    private long version;
    /** The Topic Name of the last PUBLISH that was permitted: what a Client publishes to, it mostly goes on publishing to. */
    private @Nullable String published;

    AccessCheck(Directory directory, Clock clock, String clientId, Identity identity) {
        this.directory = directory;
        this.clock = clock;
        this.clientId = clientId;
        this.identity = identity;
        refresh();
    }

    private void refresh() {
        version = directory.version();
        rights = identity.rights(directory, clientId);
    }

    private @Nullable Rights rights() {
        if (version != directory.version()) {
            refresh();
        }
        return rights;
    }

    boolean mayPublish(String topic) {
        Rights now = rights();
        if (now == null || !now.mayPublish(topic)) {
            return false;
        }
        published = topic;
        return true;
    }

    /** A first-level wildcard is granted and brings only what may be read; see {@link #mayReceive}. */
    boolean maySubscribe(TopicFilter filter) {
        Rights now = rights();
        return now != null && (filter.firstLevelIsWildcard() || now.maySubscribe(filter.text()));
    }

    boolean mayReceive(String topic) {
        Rights now = rights();
        return now != null && now.mayReceive(topic);
    }

    /** Why the Client may not stay, or null. */
    @Nullable
    Withdrawal objection() {
        return identity.objection(directory, clientId, clock.millis());
    }

    /** The last topic that it published to, if it may do so no longer; else null. */
    @Nullable
    String lostTopic() {
        Rights now = rights();
        return published == null || (now != null && now.mayPublish(published)) ? null : published;
    }

    /** Why a fresh token is not good, or null, when it is in use from now on. */
    @Nullable
    Withdrawal take(TokenUpload upload) {
        Identity renewed = identity.withToken(upload);
        Withdrawal objection = renewed.objection(directory, clientId, clock.millis());
        if (objection == null) {
            identity = renewed;
            refresh();
        }
        return objection;
    }

    Identity identity() {
        return identity;
    }

    String account() {
        return identity.account();
    }

    long expiresMillis() {
        return identity.expiresMillis(directory);
    }

    String firstToExpire() {
        return identity.firstToExpire(directory).name();
    }
}
