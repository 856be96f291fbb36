package isthmus.conformance.bench;

import isthmus.conformance.bench.load.HostileClients;
import isthmus.conformance.bench.load.MessageLoad;
import isthmus.conformance.bench.load.Service;
import isthmus.conformance.bench.load.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a well-behaved pair notices of clients that do no good, and what they cost. */
final class HostileScenario implements Scenario {
    private static final int HALF_OPEN = 10_000;
    private static final int DEAF = 1_000;
    private static final int CONNECTING = 10;
    private static final int MESSAGES_PER_SECOND = 1_000;
    private static final long BUSY_WARM_UP_MESSAGES = 300_000;
    private static final long WARM_UP_MESSAGES = 20_000;
    private static final double MIB = 1024.0 * 1024.0;

    private final Launcher launcher;
    private final Windows windows;

    HostileScenario(Launcher launcher, Windows windows) {
        this.launcher = launcher;
        this.windows = windows;
    }

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public String summary() {
        return "one pair, QoS 1, " + MESSAGES_PER_SECOND + " messages/s, alone, with " + HALF_OPEN
                + " half-open connections, with " + DEAF
                + " subscribers that do not read, with a publisher that floods, with "
                + CONNECTING
                + " clients that connect and disconnect in a loop, with one that takes itself over, and with all; "
                + windows;
    }

    @Override
    public List<Figure> run() {
        try (WorkDirectory directory = launcher.workDirectory();
                ServerProcess server = launcher.start(directory)) {
            warmUp(server);
            Traffic traffic = Traffic.steady(1, Service.QOS_1, MESSAGES_PER_SECOND);
            try (MessageLoad load = MessageLoad.connect(server.mqtt(), Launcher.SIGN_ON, Launcher.TOPIC, traffic)) {
                load.start();
                load.warmUp(WARM_UP_MESSAGES);
                List<Figure> figures = new ArrayList<>(figures("alone: ", load, server));
                figures.addAll(beside("half-open: ", each -> each.halfOpen(HALF_OPEN), load, server));
                figures.addAll(beside("not reading: ", each -> each.deaf(DEAF), load, server));
                figures.addAll(beside("flooding: ", HostileClients::flooding, load, server));
                figures.addAll(beside("connecting: ", each -> each.connecting(CONNECTING), load, server));
                figures.addAll(beside("taking itself over: ", HostileClients::takingItselfOver, load, server));
                figures.addAll(beside("all: ", HostileScenario::all, load, server));
                figures.addAll(Faults.of("", load.finish()));
                return figures;
            }
        }
    }

    private static HostileClients all(HostileClients clients) {
        return clients.halfOpen(HALF_OPEN)
                .deaf(DEAF)
                .flooding()
                .connecting(CONNECTING)
                .takingItselfOver();
    }

    private List<Figure> beside(
            String prefix, UnaryOperator<HostileClients> kinds, MessageLoad load, ServerProcess server) {
        HostileClients clients = new HostileClients(server.mqtt(), Launcher.SIGN_ON, Launcher.TOPIC + "/deaf");
        try (HostileClients hostile = kinds.apply(clients).start()) {
            load.warmUp(WARM_UP_MESSAGES); // above all, what was due while they connected
            List<Figure> figures = new ArrayList<>(figures(prefix, load, server));
            figures.add(Figure.count(prefix + "hostile clients thrown out", "", hostile.thrownOut()));
            return figures;
        }
    }

    /** A server that has just started has not compiled its code yet; a thousand messages a second take minutes for that. */
    private static void warmUp(ServerProcess server) {
        Traffic traffic = Traffic.fullSpeed(1, Service.QOS_1);
        try (MessageLoad load = MessageLoad.connect(server.mqtt(), Launcher.SIGN_ON, Launcher.TOPIC, traffic)) {
            load.start();
            load.warmUp(BUSY_WARM_UP_MESSAGES);
            load.finish();
        }
    }

    private List<Figure> figures(String prefix, MessageLoad load, ServerProcess server) {
        List<MeasuredWindow> measured = windows.measure(load, server);
        ProcessUsage usage = server.usage();
        return List.of(
                MeasuredWindow.latency(prefix + "round trip, p50", measured, 0.5),
                MeasuredWindow.latency(prefix + "round trip, p99", measured, 0.99),
                MeasuredWindow.lateness(prefix + "of it, sent late by the load, p99", measured, 0.99),
                MeasuredWindow.serverProcessors(prefix, measured),
                Figure.once(prefix + "resident memory", "MiB", Math.rint(usage.residentBytes() / MIB)),
                Figure.once(prefix + "of it, without mapped files", "MiB", Math.rint(usage.anonymousBytes() / MIB)));
    }
}
