package isthmus.conformance.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The disk fills up, first so far that no message is taken any more, then to the last byte, and is emptied again. The server
 * must say so, acknowledge nothing meanwhile, and go on by itself.
 */
final class FullDisk implements Trouble {
    private static final int MEGABYTE = 1 << 20;
    private static final int ENOUGH = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SAID = "messages are refused until there is room again";

    private final Path disk;

    FullDisk(Path disk) {
        this.disk = disk;
    }

    @Override
    public String command() {
        return "full disk (DiskFullTest)";
    }

    /** Clients come back again and again while nothing is stored: the bridge drops whole connections then. */
    @Override
    public boolean allEventsAreStored() {
        return false;
    }

    @Override
    public void make(ServerUnderTest server, Ledger ledger, Verdict verdict) throws IOException {
        await().atMost(PATIENCE).until(() -> ledger.acknowledged() > ENOUGH);
        fillAndEmpty(server, ledger, verdict, 1, 30);
        fillAndEmpty(server, ledger, verdict, 2, 0);
        verdict.count("times that the disk was full", 2);
    }

    private void fillAndEmpty(ServerUnderTest server, Ledger ledger, Verdict verdict, int time, int leaveMegabytes)
            throws IOException {
        Path filler = disk.resolve("filler");
        fill(filler, (long) leaveMegabytes * MEGABYTE);
        await().atMost(PATIENCE)
                .until(() -> server.process().lines().stream()
                                .filter(line -> line.contains(SAID))
                                .count()
                        == time);
        // What was stored when the disk was full may still be acknowledged; then nothing is.
        await().atMost(PATIENCE).until(() -> {
            int before = ledger.acknowledged();
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            return ledger.acknowledged() == before;
        });
        long sent = ledger.all().size();
        await().atMost(PATIENCE).until(() -> ledger.all().size() > sent + 20);
        int acknowledged = ledger.acknowledged();
        verdict.count(
                "acknowledged up to full disk " + time + ", sent",
                acknowledged + ", " + ledger.all().size());
        await().atMost(PATIENCE).until(() -> server.readiness() == 503);
        Files.delete(filler);
        await().atMost(PATIENCE).until(() -> ledger.acknowledged() > acknowledged + ENOUGH);
        await().atMost(PATIENCE).until(() -> server.readiness() == 200);
    }

    private void fill(Path filler, long leave) throws IOException {
        byte[] some = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (disk.toFile().getUsableSpace() > leave) {
                out.write(some, 0, (int) Math.min(some.length, disk.toFile().getUsableSpace() - leave));
            }
        } catch (IOException full) {
            // To the last byte.
            if (leave > 0) {
                throw full;
            }
        }
    }
}
