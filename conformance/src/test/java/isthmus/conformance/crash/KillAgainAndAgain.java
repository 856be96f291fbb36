package isthmus.conformance.crash;

import java.util.Random;
import java.util.function.Consumer;

/** SIGKILL at random moments of the server's work and, every fourth time, of its start. */
final class KillAgainAndAgain implements Trouble {
    private final int kills;
    private final long seed;
    private final Random random;
    private final Consumer<String> progress;
    private long startMillis = 3000;
    private int killedInRecovery;

    KillAgainAndAgain(int kills, long seed, Consumer<String> progress) {
        this.kills = kills;
        this.seed = seed;
        this.random = new Random(seed);
        this.progress = progress;
    }

    @Override
    public String command() {
        return "./isthmus crash-test --kills " + kills + " --seed " + seed;
    }

    @Override
    public void make(ServerUnderTest server, Ledger ledger, Verdict verdict) throws InterruptedException {
        for (int kill = 1; kill <= kills; kill++) {
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
                    .formatted(
                            kill,
                            kills,
                            ledger.all().size(),
                            ledger.violations().size()));
        }
        verdict.count("last start in milliseconds", server.start());
        verdict.count("kills, of them while it started", kills + ", " + killedInRecovery);
    }
}
