package isthmus.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server application sends delayed messages, and the server is killed before they are due. */
class DelayedOverAKillTest {
    /** Behind three flushes of what RocketMQ keeps of timers: by then nothing of it changes, and it is not written any more. */
    private static final long LATE_MILLIS = 16_000;

    private static final long WRITTEN_MILLIS = 10_000;

    @TempDir
    Path directory;

    private ServerUnderTest server;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aDelayedMessageComesOnceAndNotBeforeItsTimeAlthoughTheServerIsKilledMeanwhile() throws Exception {
        server = new ServerUnderTest(directory, Files.createDirectory(directory.resolve("data")), new Random());
        server.start();
        long due;
        try (RocketMqApplication application = application()) {
            application.sendLater(Traffic.PARENT, "long ago", LATE_MILLIS);
            due = System.currentTimeMillis() + LATE_MILLIS;
            TimeUnit.MILLISECONDS.sleep(WRITTEN_MILLIS);
            application.sendLater(Traffic.PARENT, "just now", LATE_MILLIS);
        }
        server.kill();
        server.start();
        try (RocketMqApplication application = application()) {
            Inbox inbox = application.consumeUnordered(Traffic.PARENT, () -> true);

            assertThat(inbox.next().body()).isEqualTo("long ago");
            assertThat(System.currentTimeMillis())
                    .isGreaterThanOrEqualTo(due - 1000); // RocketMQ's timers go by seconds
            assertThat(inbox.next().body()).isEqualTo("just now");
            TimeUnit.SECONDS.sleep(2);
            assertThat(inbox.isEmpty()).isTrue();
        }
        server.stop();
    }

    private RocketMqApplication application() {
        return new RocketMqApplication(
                server.nameServer(), "GID_Backend", TestServer.ACCESS_KEY, TestServer.SECRET_KEY);
    }
}
