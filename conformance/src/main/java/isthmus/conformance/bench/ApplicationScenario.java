package isthmus.conformance.bench;

import isthmus.conformance.bench.load.MessageLoad;
import isthmus.conformance.bench.load.Service;
import isthmus.conformance.bench.load.Shape;
import isthmus.conformance.bench.load.Traffic;
import java.util.ArrayList;
import java.util.List;

/** What a message costs on its way from many devices to one server application, which is a RocketMQ consumer. */
final class ApplicationScenario implements Scenario {
    private static final int PUBLISHERS = 100;
    /** More than with a device: an application takes its messages in larger pieces. */
    private static final int UNDELIVERED = 200;

    private final Launcher launcher;
    private final int rounds;
    private final Windows windows;
    private final long warmUpMessages;

    ApplicationScenario(Launcher launcher, int rounds, Windows windows, long warmUpMessages) {
        this.launcher = launcher;
        this.rounds = rounds;
        this.windows = windows;
        this.warmUpMessages = warmUpMessages;
    }

    @Override
    public String name() {
        return "application";
    }

    @Override
    public String summary() {
        return PUBLISHERS + " publishers, QoS 1, one RocketMQ consumer, whose CPU time counts as the load's; " + rounds
                + " rounds, each with a new server, " + windows.length().toSeconds() + " s";
    }

    @Override
    public List<Figure> run() {
        List<List<Figure>> taken = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            taken.add(round());
        }
        return Figure.merged("", taken);
    }

    private List<Figure> round() {
        Traffic traffic = new Traffic(Shape.fanInToApplication(PUBLISHERS), Service.QOS_1, 100, 0, 100, UNDELIVERED);
        try (OwnServer server = OwnServer.start(launcher);
                MessageLoad load = MessageLoad.connect(server.mqtt(), server.signOn(), Launcher.TOPIC, traffic)) {
            Application application = Application.start(server.process().nameServer(), load::received);
            try {
                load.start();
                load.warmUp(warmUpMessages);
                List<MeasuredWindow> measured = windows.measure(load, server);
                return new LoadRun(measured, load.finish()).figures("");
            } finally {
                application.close();
            }
        }
    }
}
