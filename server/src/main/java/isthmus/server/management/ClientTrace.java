package isthmus.server.management;

import isthmus.gateway.admin.PacketListener;
import isthmus.gateway.session.ClientAdministration;
import isthmus.server.api.EventStream;
import isthmus.server.operations.ClientOperations.TraceEvent;
import isthmus.server.operations.ClientOperations.TraceKind;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Shows the packets of one client to one reader. Its events come on event loops, which it never holds up. */
final class ClientTrace implements PacketListener {
    private final ClientAdministration clients;
    private final String clientId;
    private final EventStream stream;
    private final Clock clock;
    private final AtomicLong leftOut = new AtomicLong();

    ClientTrace(ClientAdministration clients, String clientId, EventStream stream, Clock clock) {
        this.clients = clients;
        this.clientId = clientId;
        this.stream = stream;
        this.clock = clock;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the timer
    void start(ScheduledExecutorService timer, int seconds) {
        clients.trace(clientId, this).thenAccept(begun -> {
            if (begun) {
                stream.onEnd(() -> clients.stopTrace(clientId, this));
                send(TraceKind.TRACE, "begun", "for " + seconds + " s");
                timer.schedule(this::end, seconds, TimeUnit.SECONDS);
            } else {
                send(TraceKind.TRACE, "refused", "this client is traced by somebody else");
                stream.end();
            }
        });
    }

    private void end() {
        send(TraceKind.TRACE, "ended", leftOut.get() + " events left out");
        stream.end();
    }

    @Override
    public void on(Kind kind, String name, String detail) {
        send(TraceKind.valueOf(kind.name()), name, detail);
    }

    private void send(TraceKind kind, String name, String detail) {
        if (!stream.send("packet", new TraceEvent(clock.instant(), kind, name, detail))) {
            leftOut.incrementAndGet();
        }
    }
}
