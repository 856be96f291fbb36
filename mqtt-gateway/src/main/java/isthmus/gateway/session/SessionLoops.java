package isthmus.gateway.session;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.IdentityHashMap;

/** The {@link SessionLoop} of each event loop. Immutable; any thread. */
public final class SessionLoops {
    private final IdentityHashMap<EventExecutor, SessionLoop> loops = new IdentityHashMap<>();
    private final SessionLoop first;

    /** @param workers the event loops that serve connections */
    public SessionLoops(EventLoopGroup workers) {
        for (EventExecutor each : workers) {
            loops.put(each, new SessionLoop((EventLoop) each));
        }
        first = loops.values().iterator().next();
    }

    SessionLoop of(EventLoop eventLoop) {
        SessionLoop loop = loops.get(eventLoop);
        if (loop == null) {
            throw new IllegalArgumentException("an event loop that does not serve connections");
        }
        return loop;
    }

    /** Where sessions live that never had a connection since the start. */
    SessionLoop any() {
        return first;
    }
}
