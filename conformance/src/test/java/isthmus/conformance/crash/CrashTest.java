package isthmus.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short form; {@code ./isthmus crash-test} is the long one. */
class CrashTest {
    private static final int KILLS = 6;

    @Test
    void nothingAcknowledgedIsLostWhenTheServerIsKilledAgainAndAgain() throws Exception {
        Path directory = Files.createTempDirectory("isthmus-crash");
        long seed = new Random().nextInt(1_000_000);
        Verdict verdict = CrashRun.run(
                new KillAgainAndAgain(KILLS, seed, System.out::println),
                seed,
                directory,
                directory.resolve("data"),
                System.out::println);
        System.out.println(verdict);
        assertThat(verdict.isPass()).as(verdict.toString()).isTrue();
        CrashRun.delete(directory);
    }
}
