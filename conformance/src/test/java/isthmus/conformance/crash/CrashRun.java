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
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One run of the crash test: everybody talks, the server is killed so many times, the last messages are awaited, and all
 * that was said is compared with what the log has and what arrived.
 */
public final class CrashRun {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final int kills;
    private final long seed;
    private final Path directory;
    private final Consumer<String> progress;
    private final Random random;
    private final Ledger ledger = new Ledger();
    private final Verdict verdict;
    private long startMillis = 3000;
    private int killedInRecovery;

    private CrashRun(int kills, long seed, Path directory, Consumer<String> progress) {
        this.kills = kills;
        this.seed = seed;
        this.directory = directory;
        this.progress = progress;
        this.random = new Random(seed);
        this.verdict = new Verdict("./isthmus crash-test --kills " + kills + " --seed " + seed
                + " (data and output of the server: " + directory + ")");
    }

    /**
     * Runs the test; what the server wrote stays in {@code directory} if anything is wrong.
     *
     * @param progress is given a line now and then
     */
    static Verdict run(int kills, long seed, Path directory, Consumer<String> progress) throws Exception {
        CrashRun run = new CrashRun(kills, seed, directory, progress);
        try (ServerUnderTest server = new ServerUnderTest(directory, directory.resolve("data"), new Random())) {
            run.play(server);
        }
        if (run.verdict.isPass()) {
            delete(directory);
        }
        return run.verdict;
    }

    private void play(ServerUnderTest server) throws Exception {
        Cast cast = new Cast(ledger, server, seed);
        startMillis = server.start();
        cast.devices().stream()
                .filter(device -> device.plan().traffic() == null)
                .forEach(Device::start);
        awaitUntil("everybody subscribes", () -> cast.devices().stream()
                .allMatch(device -> device.plan().traffic() != null
                        || (device.connections() > 0 && device.subscribing().isSettled())
                        || device.plan().shifts()));
        cast.devices().stream()
                .filter(device -> device.plan().traffic() != null)
                .forEach(Device::start);
        try (Backend backend = cast.backend()) {
            backend.start();
            for (int kill = 1; kill <= kills; kill++) {
                killOnce(server, kill);
            }
            startMillis = server.start();
            finish(server, cast);
        }
    }

    /** At a random moment of its work, or of its start. */
    private void killOnce(ServerUnderTest server, int kill) throws InterruptedException {
        if (kill > 1 && random.nextInt(4) == 0) {
            server.begin();
            Thread.sleep(random.nextInt((int) startMillis));
            killedInRecovery++;
        } else {
            if (kill > 1) {
                startMillis = server.start();
            }
            Thread.sleep(50 + random.nextInt(1200));
        }
        server.kill();
        progress.accept("kill %d of %d; %d messages sent, %d things wrong so far"
                .formatted(kill, kills, ledger.all().size(), ledger.violations().size()));
    }

    private void finish(ServerUnderTest server, Cast cast) throws Exception {
        cast.backend().stopSending();
        cast.devices().forEach(Device::calmDown);
        awaitUntil("everything is acknowledged", () -> cast.devices().stream().allMatch(Device::isSettled));
        Device reader = cast.retainedReader();
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
        judge(cast, reader, log);
        int code = server.stop();
        if (code != 0 && code != 143) {
            verdict.fail("the server ended with code " + code);
        }
    }

    private void judge(Cast cast, Device reader, List<LogEntry> log) {
        verdict.count("kills, of them while it started", kills + ", " + killedInRecovery);
        verdict.count("last start in milliseconds", startMillis);
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

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
