package isthmus.conformance.crash;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.slf4j.LoggerFactory;

/** {@code ./isthmus crash-test [--kills N] [--seed S]}: the long form of the crash test. */
public final class CrashCommand {
    private static final String USAGE = "usage: ./isthmus crash-test [--kills NUMBER] [--seed NUMBER]";

    private CrashCommand() {}

    /** Ends the process with 0 when nothing is wrong, 1 when something is, and 2 when it was not asked correctly. */
    public static void main(String[] arguments) throws Exception {
        int kills = 100;
        long seed = new Random().nextInt(1_000_000);
        try {
            for (int i = 0; i < arguments.length; i += 2) {
                switch (arguments[i]) {
                    case "--kills" -> kills = Integer.parseInt(arguments[i + 1]);
                    case "--seed" -> seed = Long.parseLong(arguments[i + 1]);
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unusable) {
            System.err.println(USAGE);
            System.exit(2);
        }
        // RocketMQ's client says much about every kill.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        Path directory = Files.createTempDirectory("isthmus-crash");
        Verdict verdict = CrashRun.run(
                new KillAgainAndAgain(kills, seed, System.out::println),
                seed,
                directory,
                directory.resolve("data"),
                System.out::println);
        System.out.println(verdict);
        if (verdict.isPass()) {
            CrashRun.delete(directory);
        }
        System.exit(verdict.isPass() ? 0 : 1);
    }
}
