package isthmus.queue.embedded.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RocketMqLoggerTest {
    private final Logger target = (Logger) LoggerFactory.getLogger("rocketmq.test");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger own = (Logger) LoggerFactory.getLogger(RocketMqLogger.class);
    private final AtomicLong now = new AtomicLong();
    private final RocketMqLogger logger = new RocketMqLogger(target, false, now::get);
    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));

    RocketMqLoggerTest() {
        target.setLevel(Level.DEBUG);
        target.setAdditive(false);
        target.addAppender(lines);
        own.addAppender(lines);
        lines.start();
    }

    @AfterEach
    void end() {
        executor.shutdownNow();
        target.detachAppender(lines);
        own.detachAppender(lines);
    }

    @Test
    void whatAStopBringsWithItIsNoError() {
        executor.shutdown();
        assertThat(levelOf(catchThrowable(() -> executor.execute(() -> {})))).isEqualTo(Level.DEBUG);
        assertThat(levelOf(new InterruptedException())).isEqualTo(Level.DEBUG);
        assertThat(levelOf(new ClosedChannelException())).isEqualTo(Level.DEBUG);
    }

    @Test
    void aClientThatIsCutOffIsNoErrorButADiskThatFailsIs() {
        assertThat(levelOf(new IOException("Connection reset by peer"))).isEqualTo(Level.DEBUG);
        assertThat(levelOf(new IOException("Broken pipe"))).isEqualTo(Level.DEBUG);
        assertThat(levelOf(new IOException("Input/output error"))).isEqualTo(Level.ERROR);
    }

    @Test
    void anExecutorThatIsFullIsAnError() {
        CountDownLatch never = new CountDownLatch(1);
        executor.execute(() -> catchThrowable(never::await));
        executor.execute(() -> {});
        assertThat(levelOf(catchThrowable(() -> executor.execute(() -> {})))).isEqualTo(Level.ERROR);
    }

    @Test
    void theCommandsThatFollowAnErrorAreNoErrors() {
        logger.error(RemotingCommand.createRequestCommand(RequestCode.PULL_MESSAGE, null)
                .toString());
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG);
    }

    @Test
    void whoHasTheWrongPortIsOneLine() {
        logger.error("decode exception, 127.0.0.1:1", new IllegalStateException("Adjusted frame length exceeds 1"));
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage())
                    .isEqualTo("decode exception, 127.0.0.1:1: that is not RocketMQ's protocol (IllegalStateException:"
                            + " Adjusted frame length exceeds 1)");
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    @Test
    void ofWhatAStrangerSentTheBeginningIsQuotedOnOneLine() {
        String sent = "illegal input\r\n2026-01-01 ERROR forged" + "\u001b\u0085\u2028" + "x".repeat(65_536);
        logger.error("decode exception, 127.0.0.1:1", new IllegalArgumentException(sent));
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("decode exception, 127.0.0.1:1: that is not RocketMQ's protocol"
                        + " (IllegalArgumentException: illegal input??2026-01-01 ERROR forged???" + "x".repeat(59)
                        + "…)");
    }

    @Test
    void whoComesAgainAndAgainIsTwentyLinesAMinute() {
        for (int second = 0; second < 60; second++) {
            logger.error("decode exception, 127.0.0.1:1", new IllegalStateException("no"));
            logger.error("decode exception, 127.0.0.1:2", new IllegalStateException("no"));
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(lines.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .hasSize(20);
    }

    @Test
    void whoIsCutOffWhileItIsReadHasNotTheWrongPort() {
        logger.error("decode exception, 127.0.0.1:1", new IOException("Connection reset by peer"));
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.DEBUG);
            assertThat(line.getFormattedMessage()).isEqualTo("decode exception, 127.0.0.1:1");
        });
    }

    @Test
    void anErrorWithoutAMessageIsOneAllTheSame() {
        logger.error(new IllegalStateException().getMessage());
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR);
    }

    private Level levelOf(Throwable reported) {
        lines.list.clear();
        logger.error("a task failed", reported);
        assertThat(lines.list).hasSize(1);
        return lines.list.get(0).getLevel();
    }
}
