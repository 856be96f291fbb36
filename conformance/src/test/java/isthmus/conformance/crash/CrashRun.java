package isthmus.conformance.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One run: everybody talks, the server is in trouble, the last messages are awaited, and all that was said is compared with
 * what the log has and what arrived.
 */
final class CrashRun {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Trouble trouble;
    private final Consumer<String> progress;
    private final Ledger ledger = new Ledger();
    private final Verdict verdict;

    private CrashRun(Trouble trouble, Verdict verdict, Consumer<String> progress) {
        this.trouble = trouble;
        this.verdict = verdict;
        this.progress = progress;
    }

    /**
     * Runs the test.
     *
     * @param directory where configuration and output of the server go
     * @param progress is given a line now and then
     */
    static Verdict run(Trouble trouble, long seed, Path directory, Path data, Consumer<String> progress)
            throws Exception {
        Verdict verdict = new Verdict(trouble.command() + " (data and output of the server: " + directory + ")");
        CrashRun run = new CrashRun(trouble, verdict, progress);
        try (ServerUnderTest server = new ServerUnderTest(directory, data, new Random())) {
            run.play(server, seed);
        }
        return verdict;
    }

    private void play(ServerUnderTest server, long seed) throws Exception {
        Cast cast = new Cast(ledger, server, seed);
        server.start();
        cast.devices().stream()
                .filter(device -> device.plan().traffic() == null)
                .forEach(Device::start);
        awaitUntil("everybody subscribes", () -> cast.devices().stream()
                .allMatch(device -> device.plan().traffic() != null
                        || device.plan().shifts()
                        || (device.connections() > 0 && device.subscribing().isSettled())));
        cast.devices().stream()
                .filter(device -> device.plan().traffic() != null)
                .forEach(Device::start);
        try (Backend backend = cast.backend()) {
            backend.start();
            trouble.make(server, ledger, verdict);
            finish(server, cast);
        }
    }

    private void finish(ServerUnderTest server, Cast cast) throws Exception {
        cast.backend().stopSending();
        cast.devices().forEach(Device::calmDown);
        awaitUntil("everything is acknowledged", () -> cast.devices().stream().allMatch(Device::isSettled));
        Device reader = cast.retainedReader();
        reader.calmDown(); // who leaves and comes back gets the retained messages twice
        reader.start();
        awaitUntil("the reader subscribes", () -> reader.subscribing().isConfirmed(Cast.RETAINED));
        List<Sent> last = cast.lastMessages();
        Finale.publish(server.mqttPort(), last);
        awaitUntil(
                "the last messages arrive",
                () -> Cast.hasLast(reader, last)
                        && cast.devices().stream().allMatch(device -> Cast.hasLast(device, last)));
        List<LogEntry> log = LogReader.read(server.nameServer());
        awaitUntil("the server application gets everything", () -> log.stream()
                .allMatch(entry -> cast.backend().hasConsumed(entry.name())));
        for (Device device : cast.devices()) {
            device.stop();
        }
        reader.stop();
        progress.accept("waiting until every connection is reported as ended");
        List<ClientEvent> events =
                EventCheck.awaitComplete(() -> LogReader.readEvents(server.nameServer(), Device.GROUP));
        judge(cast, reader, log);
        new EventCheck(events, verdict)
                .run(cast.devices().stream()
                        .filter(device -> trouble.allEventsAreStored())
                        .collect(Collectors.toMap(device -> device.plan().clientId(), Device::connections)));
        int code = server.stop();
        if (code != 0 && code != 143) {
            verdict.fail("the server ended with code " + code);
        }
    }

    private void judge(Cast cast, Device reader, List<LogEntry> log) {
        ledger.violations().forEach(verdict::fail);
        new LogCheck(ledger, log, verdict).run();
        verdict.count("consumed by the server application", cast.backend().consumed());
        DeliveryCheck deliveries = new DeliveryCheck(ledger, log, verdict);
        cast.devices().forEach(deliveries::run);
        new RetainedCheck(log, verdict).run(reader);
    }

    /** What does not happen in time is wrong, and the comparison afterwards says what exactly. */
    private void awaitUntil(String what, BooleanSupplier condition) {
        progress.accept("waiting until " + what);
        try {
            await().atMost(PATIENCE).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException late) {
            verdict.fail("it does not happen within " + PATIENCE.toSeconds() + " s that " + what);
        }
    }

    /** What a run has left, when nothing is wrong with it. */
    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
