package isthmus.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class RefusalReportTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(RefusalReport.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Refusals refusals = new Refusals();
    private final AtomicLong now = new AtomicLong();
    private final RefusalReport report = new RefusalReport(refusals, now::get);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    private void count(Limit limit, int times) {
        for (int i = 0; i < times; i++) {
            refusals.count(limit);
        }
    }

    private void minutePasses() {
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        report.run();
    }

    @Test
    void oneLineSaysWhatWasRefusedSinceTheLastOne() {
        count(Limit.CONNECT_RATE, 312);
        count(Limit.SUBSCRIPTIONS_PER_CLIENT, 4);
        minutePasses();
        minutePasses();
        count(Limit.CONNECT_RATE, 1);
        minutePasses();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "refused in the last 60 s: 312 connections (mqtt.limits.connectRate), 4 subscriptions"
                                + " (mqtt.limits.subscriptionsPerClient)",
                        "refused in the last 60 s: 1 connections (mqtt.limits.connectRate)");
    }

    @Test
    void aFewRefusedClientsHaveALineOfTheirOwnAndTheRestIsCounted() {
        int own = 0;
        for (int i = 0; i < 1000; i++) {
            own += refusals.mayHaveOwnLine(Refusals.Kind.STRANGER) ? 1 : 0;
        }
        assertThat(own).isEqualTo(20);
        minutePasses();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("refused in the last 60 s: 980 more than those that have a line of their own");
        assertThat(refusals.mayHaveOwnLine(Refusals.Kind.STRANGER)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatFillsTheLogWithOneKindHidesNoOther(Refusals.Kind kind) {
        while (refusals.mayHaveOwnLine(kind)) {}
        assertThat(Refusals.Kind.values())
                .filteredOn(refusals::mayHaveOwnLine)
                .hasSize(2)
                .doesNotContain(kind);
    }
}
