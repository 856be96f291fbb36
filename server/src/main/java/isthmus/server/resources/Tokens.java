package isthmus.server.resources;

import isthmus.gateway.auth.HeldTokens;
import isthmus.gateway.spi.SessionStore.RecordChange;
import isthmus.server.permissions.TokenScope;
import isthmus.server.permissions.TopicPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Temporary tokens: issue, list, revoke. They are kept, by their hashes, until a day after their end, so that a Client can
 * be told that its token is over. Reading takes no lock; changes block and come one after the other.
 */
public final class Tokens {
    private static final int MOST_TOPICS = 100;
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Ledger ledger;
    private final RandomKeys random;
    private final Map<String, IssuedToken> tokens;

    Tokens(Ledger ledger, RandomKeys random) {
        this.ledger = ledger;
        this.random = random;
        this.tokens = new ConcurrentHashMap<>(ledger.records().tokens());
    }

    /** Any thread. */
    @Nullable
    IssuedToken find(String id) {
        return tokens.get(id);
    }

    /** Those of an account that have not been forgotten, the newest first. */
    public List<IssuedToken> list(String account) {
        return tokens.values().stream()
                .filter(token -> token.account().equals(account))
                .sorted(Comparator.comparingLong(IssuedToken::createdMillis)
                        .reversed()
                        .thenComparing(IssuedToken::id))
                .toList();
    }

    /**
     * Makes a token.
     *
     * @param topics what it is for, as in policies: {@code Orders}, {@code Telemetry/${deviceId}/#}
     * @param reads whether it is for subscribing
     * @param writes whether it is for publishing
     * @param expires within 30 days
     */
    public NewToken issue(String account, List<String> topics, boolean reads, boolean writes, Instant expires) {
        TokenScope scope = new TokenScope(patterns(topics));
        if (!reads && !writes) {
            throw ResourceProblem.invalid("actions", "missing (expected: R, W or both)");
        }
        synchronized (ledger) {
            Instant now = Instant.ofEpochMilli(ledger.nowMillis());
            if (expires.isBefore(now.plus(SHORTEST)) || expires.isAfter(now.plus(LONGEST))) {
                throw ResourceProblem.invalid(
                        "expires", expires + " (expected: after " + now + " and within " + LONGEST.toDays() + " days)");
            }
            if (!ledger.now().accounts().containsKey(account)) {
                throw ResourceProblem.missing("account", "account", account);
            }
            forgetOld(now.toEpochMilli());
            String text = random.secret();
            IssuedToken token = new IssuedToken(
                    HeldTokens.idOf(text),
                    account,
                    List.copyOf(topics),
                    scope,
                    reads,
                    writes,
                    now.toEpochMilli(),
                    expires.toEpochMilli(),
                    false);
            put(token);
            return new NewToken(text, token);
        }
    }

    private static List<TopicPattern> patterns(List<String> topics) {
        if (topics.isEmpty() || topics.size() > MOST_TOPICS) {
            throw ResourceProblem.invalid("resources", topics.size() + " topics (expected: 1.." + MOST_TOPICS + ")");
        }
        List<TopicPattern> patterns = new ArrayList<>();
        for (int i = 0; i < topics.size(); i++) {
            try {
                patterns.add(TopicPattern.parse(topics.get(i)));
            } catch (IllegalArgumentException e) {
                throw ResourceProblem.invalid("resources[" + i + "]", String.valueOf(e.getMessage()));
            }
        }
        return patterns;
    }

    /** Finds a token by its text. */
    public IssuedToken query(String text) {
        return get(HeldTokens.idOf(text));
    }

    public IssuedToken get(String id) {
        IssuedToken token = tokens.get(id);
        if (token == null) {
            throw ResourceProblem.missing("token", "token", id.substring(0, Math.min(8, id.length())) + "…");
        }
        return token;
    }

    /** Takes a token back: who has signed on with it is disconnected. Does nothing when it was revoked already. */
    public void revoke(String id) {
        synchronized (ledger) {
            if (!get(id).isRevoked()) {
                put(get(id).revoked());
                Surroundings surroundings = ledger.surroundings();
                if (surroundings != null) {
                    surroundings.recheck(identity -> identity.usesToken(id));
                }
            }
        }
    }

    private void put(IssuedToken token) {
        ledger.records().write(List.of(ledger.records().token(token)));
        tokens.put(token.id(), token);
    }

    private void forgetOld(long now) {
        List<IssuedToken> old = tokens.values().stream()
                .filter(token -> token.expiresMillis() + REMEMBERED.toMillis() < now)
                .toList();
        if (!old.isEmpty()) {
            ledger.records()
                    .write(old.stream()
                            .map(token -> ledger.records().noToken(token.id()))
                            .toList());
            old.forEach(token -> tokens.remove(token.id()));
        }
    }

    /** What has to be removed with an account. */
    List<RecordChange> removalsOf(String account) {
        return list(account).stream()
                .map(token -> ledger.records().noToken(token.id()))
                .toList();
    }

    /** The account is gone. */
    void forget(String account) {
        tokens.values().removeIf(token -> token.account().equals(account));
    }
}
