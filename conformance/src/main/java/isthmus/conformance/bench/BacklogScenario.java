package isthmus.conformance.bench;

import isthmus.conformance.bench.load.BacklogLoad;
import isthmus.conformance.bench.load.Histogram;
import isthmus.conformance.bench.load.MessageLoad;
import isthmus.conformance.bench.load.Service;
import isthmus.conformance.bench.load.Traffic;
import isthmus.conformance.bench.load.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What others feel of a stored session that comes back to a million messages, how fast it gets them, and what they cost. */
final class BacklogScenario implements Scenario {
    private static final int MESSAGES = 1_000_000;
    private static final int PAYLOAD_BYTES = 100;
    private static final int MESSAGES_PER_SECOND = 1000;
    private static final int FULL_SPEED_PAIRS = 5;
    private static final long WARM_UP_MESSAGES = 10_000;
    private static final Duration PIECE = Duration.ofSeconds(1);
    private static final Duration RECEIVE_AT_MOST = Duration.ofSeconds(60);

    private final Launcher launcher;
    private final Windows windows;

    BacklogScenario(Launcher launcher, Windows windows) {
        this.launcher = launcher;
        this.windows = windows;
    }

    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public String summary() {
        return "a stored session returns to " + String.format("%,d", MESSAGES) + " messages, alone, beside a pair with "
                + MESSAGES_PER_SECOND + " messages/s, and beside " + FULL_SPEED_PAIRS + " pairs at full speed";
    }

    @Override
    public List<Figure> run() {
        try (WorkDirectory directory = launcher.workDirectory();
                ServerProcess server = launcher.start(directory);
                BacklogLoad backlog =
                        BacklogLoad.prepare(server.mqtt(), Launcher.SIGN_ON, Launcher.TOPIC, Service.QOS_1_STORED, 3)) {
            backlog.fill(MESSAGES, PAYLOAD_BYTES);
            List<Figure> figures = new ArrayList<>(alone(server, backlog));
            figures.addAll(beside(server, backlog, 1, "1 pair", Traffic.steady(1, Service.QOS_1, MESSAGES_PER_SECOND)));
            figures.addAll(beside(
                    server,
                    backlog,
                    2,
                    FULL_SPEED_PAIRS + " pairs",
                    Traffic.fullSpeed(FULL_SPEED_PAIRS, Service.QOS_1)));
            return figures;
        }
    }

    /** With the heap looked at on the way, which nobody has to pay for here. */
    private static List<Figure> alone(ServerProcess server, BacklogLoad backlog) {
        MemoryWatch memory = new MemoryWatch(server);
        memory.look();
        List<Figure> figures = new ArrayList<>(memory.figures("before: "));
        CompletableFuture<BacklogLoad.Received> received = receive(backlog, 0);
        MemoryWatch meanwhile = new MemoryWatch(server);
        while (!received.isDone()) {
            meanwhile.look();
        }
        figures.addAll(meanwhile.figures("meanwhile: "));
        figures.addAll(figures("alone: ", received.join()));
        return figures;
    }

    private List<Figure> beside(ServerProcess server, BacklogLoad backlog, int session, String who, Traffic traffic) {
        try (MessageLoad load = MessageLoad.connect(server.mqtt(), Launcher.SIGN_ON, Launcher.TOPIC, traffic)) {
            load.start();
            load.warmUp(WARM_UP_MESSAGES);
            List<Window> without = windows.measure(load, server).stream()
                    .map(MeasuredWindow::window)
                    .toList();
            List<Window> with = new ArrayList<>();
            CompletableFuture<BacklogLoad.Received> received = receive(backlog, session);
            do {
                with.add(load.measure(PIECE));
            } while (!received.isDone());
            if (with.size() > 1) {
                with.remove(with.size() - 1);
            }
            List<Figure> figures = new ArrayList<>(figures("beside " + who + ": ", received.join()));
            figures.addAll(figures(who + ", nobody returns: ", without));
            figures.addAll(figures(who + ", one returns: ", with));
            figures.addAll(Faults.of(who + ": ", load.finish()));
            return figures;
        }
    }

    /** In a thread, and with sockets, of its own. */
    private static CompletableFuture<BacklogLoad.Received> receive(BacklogLoad backlog, int session) {
        return CompletableFuture.supplyAsync(() -> backlog.receive(session, RECEIVE_AT_MOST));
    }

    private static List<Figure> figures(String prefix, BacklogLoad.Received received) {
        List<Figure> figures = new ArrayList<>();
        double seconds = received.time().toNanos() / 1e9;
        boolean all = received.outcome().lost() == 0;
        figures.add(Figure.once(prefix + (all ? "all received in" : "measured for"), "s", seconds));
        figures.add(Figure.once(
                prefix + "received", "messages/s", received.outcome().delivered() / seconds));
        // Beside others at full speed not all are waited for; nothing is lost with that.
        figures.addAll(Faults.of(prefix, received.outcome()).subList(all ? 0 : 2, 4));
        return figures;
    }

    private static List<Figure> figures(String prefix, List<Window> windows) {
        return List.of(
                new Figure(
                        prefix + "delivered",
                        "messages/s",
                        windows.stream().map(Window::deliveredPerSecond).toList()),
                times(prefix + "p50", windows, 0.5),
                times(prefix + "p99", windows, 0.99));
    }

    private static Figure times(String name, List<Window> windows, double part) {
        return new Figure(
                name,
                "ms",
                windows.stream()
                        .map(Window::latency)
                        .map((Histogram latency) -> latency.quantile(part) / 1e6)
                        .toList());
    }
}
