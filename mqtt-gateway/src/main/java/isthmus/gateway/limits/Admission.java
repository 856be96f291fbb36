package isthmus.gateway.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a Network Connection when the socket is accepted, before it has cost more than that: no buffer, no TLS, no
 * HTTP. Any thread; never waits.
 */
public final class Admission {
    /** What one address holds and how often it came. Of IPv6, the network of 64 bits that one customer has. */
    private static final class Origin {
        private final @Nullable Rate rate;
        private int open; // guarded by the map, which changes an entry atomically

        private Origin(@Nullable Rate rate) {
            this.rate = rate;
        }
    }

    private volatile AdmissionLimits limits;
    private final Refusals refusals;
    private final LongSupplier nanoTime;
    private volatile Rate rate;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<Object, Origin> origins = new ConcurrentHashMap<>();

    /** @param nanoTime {@link System#nanoTime} or a test's clock */
    public Admission(AdmissionLimits limits, Refusals refusals, LongSupplier nanoTime) {
        this.limits = limits;
        this.refusals = refusals;
        this.nanoTime = nanoTime;
        this.rate = new Rate(limits.connectRate(), nanoTime.getAsLong());
    }

    /** Other bounds from now on. Connections that are open stay open, and are not counted by address if they were not. */
    public void allow(AdmissionLimits other) {
        if (other.connectRate() != limits.connectRate()) {
            rate = new Rate(other.connectRate(), nanoTime.getAsLong());
        }
        limits = other;
    }

    private boolean perAddress() {
        return limits.connectionsPerAddress() > 0 || limits.connectRatePerAddress() > 0;
    }

    /**
     * Whether a connection may be. Whoever gets true calls {@link #left} when it is closed; a no is counted here.
     *
     * @param address null when the other side is gone already
     */
    public boolean admits(@Nullable InetAddress address) {
        Limit objection = objection(address);
        if (objection != null) {
            refusals.count(objection);
        }
        return objection == null;
    }

    private @Nullable Limit objection(@Nullable InetAddress address) {
        if (open.incrementAndGet() > limits.connections()) {
            open.decrementAndGet();
            return Limit.CONNECTIONS;
        }
        Limit objection = perAddress() && address != null ? enter(address) : null;
        if (objection == null && !rate.tryPass(nanoTime.getAsLong())) {
            leave(address);
            objection = Limit.CONNECT_RATE;
        }
        if (objection != null) {
            open.decrementAndGet();
        }
        return objection;
    }

    /** The address is asked first: one that floods does not use up the rate of all. */
    private @Nullable Limit enter(InetAddress address) {
        Limit[] objection = {null};
        origins.compute(key(address), (key, known) -> {
            Origin origin = known == null ? new Origin(newRate()) : known;
            if (limits.connectionsPerAddress() > 0 && origin.open >= limits.connectionsPerAddress()) {
                objection[0] = Limit.CONNECTIONS_PER_ADDRESS;
            } else if (origin.rate != null && !origin.rate.tryPass(nanoTime.getAsLong())) {
                objection[0] = Limit.CONNECT_RATE_PER_ADDRESS;
            } else {
                origin.open++;
            }
            return origin;
        });
        return objection[0];
    }

    private @Nullable Rate newRate() {
        return limits.connectRatePerAddress() > 0
                ? new Rate(limits.connectRatePerAddress(), nanoTime.getAsLong())
                : null;
    }

    /** A connection that was admitted is closed. */
    public void left(@Nullable InetAddress address) {
        open.decrementAndGet();
        leave(address);
    }

    private void leave(@Nullable InetAddress address) {
        if (address != null && !origins.isEmpty()) {
            origins.computeIfPresent(key(address), (key, origin) -> {
                origin.open--;
                return isForgettable(origin) ? null : origin;
            });
        }
    }

    /** Drops what is known of addresses that have no connection and have not come lately. Now and then. */
    public void forget() {
        origins.keySet()
                .forEach(key -> origins.computeIfPresent(key, (same, origin) -> isForgettable(origin) ? null : origin));
    }

    private boolean isForgettable(Origin origin) {
        return origin.open <= 0 && (origin.rate == null || origin.rate.isFull(nanoTime.getAsLong()));
    }

    private static Object key(InetAddress address) {
        return address instanceof Inet6Address
                ? Long.valueOf(ByteBuffer.wrap(address.getAddress()).getLong())
                : address;
    }

    public AdmissionLimits limits() {
        return limits;
    }

    /** Connections that were admitted and are not closed. */
    public int open() {
        return open.get();
    }

    /** Addresses of which something is remembered. */
    int addresses() {
        return origins.size();
    }
}
