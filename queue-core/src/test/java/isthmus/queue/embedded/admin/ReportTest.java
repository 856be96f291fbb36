package isthmus.queue.embedded.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import isthmus.queue.api.Body;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.Reports;
import isthmus.queue.api.admin.Reports.Point;
import isthmus.queue.embedded.EmbeddedRocketMq;
import isthmus.queue.embedded.EmbeddedSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class ReportTest {
    private static final Series TOPIC = new Series("T", null);
    private static final Series GROUP = new Series("T", "GID_G");
    /** The middle of a day. */
    private static final int NOON = 20_000 * 1440 + 720;

    @TempDir
    Path directory;

    private final Map<Series, Long> totals = new HashMap<>();

    private static Clock at(int minute) {
        return Clock.fixed(Instant.ofEpochSecond(minute * 60L), ZoneOffset.UTC);
    }

    private Sampler sampler(SampleTable table, int now) {
        return new Sampler(() -> Map.copyOf(totals), table, new SampleFiles(directory), at(now));
    }

    @Test
    void eachMinuteHasWhatCameInIt() {
        SampleTable table = new SampleTable();
        totals.put(TOPIC, 1000L);
        try (Sampler sampler = sampler(table, NOON)) {
            totals.put(TOPIC, 1010L);
            totals.put(GROUP, 4L);
            sampler.sample(NOON);
            sampler.sample(NOON + 1);
            totals.put(TOPIC, 1013L);
            sampler.sample(NOON + 2);

            assertThat(table.sum(TOPIC, NOON, NOON + 1)).isEqualTo(10);
            assertThat(table.sum(TOPIC, NOON + 1, NOON + 2)).isZero();
            assertThat(table.sum(TOPIC, NOON + 2, NOON + 3)).isEqualTo(3);
            assertThat(table.sum(TOPIC, NOON - 10, NOON + 10)).isEqualTo(13);
            assertThat(table.sum(GROUP, NOON, NOON + 1)).isEqualTo(4);
            assertThat(table.sum(new Series("U", null), NOON, NOON + 1)).isZero();
        }
    }

    @Test
    void aTotalThatBeganAgainIsCountedFromTheBeginning() {
        SampleTable table = new SampleTable();
        totals.put(TOPIC, 1000L);
        try (Sampler sampler = sampler(table, NOON)) {
            totals.put(TOPIC, 7L);
            sampler.sample(NOON);
            assertThat(table.sum(TOPIC, NOON, NOON + 1)).isEqualTo(7);
        }
    }

    @Test
    void countsSurviveARestartAndSoDoesTheMinuteThatHadBegun() throws Exception {
        totals.put(TOPIC, 0L);
        Sampler first = sampler(new SampleTable(), NOON);
        totals.put(TOPIC, 5L);
        first.sample(NOON - 1);
        totals.put(TOPIC, 6L);
        first.close();
        try (Stream<Path> files = Files.list(directory)) {
            Path file = files.findFirst().orElseThrow();
            Files.writeString(file, Files.readString(file) + "123 4");
        }

        SampleTable table = new SampleTable();
        try (Sampler second = sampler(table, NOON + 1)) {
            assertThat(table.sum(TOPIC, NOON - 1, NOON)).isEqualTo(5);
            assertThat(table.sum(TOPIC, NOON, NOON + 1)).isEqualTo(1);
            second.sample(NOON + 1);
            assertThat(table.sum(TOPIC, NOON + 1, NOON + 2)).isZero();
        }
    }

    @Test
    void whatIsOlderThanReportsGoIsForgotten() throws Exception {
        SampleTable table = new SampleTable();
        totals.put(TOPIC, 0L);
        try (Sampler sampler = sampler(table, NOON)) {
            for (int day = 0; day < 10; day++) {
                totals.merge(TOPIC, 1L, Long::sum);
                sampler.sample(NOON + day * 1440L);
            }
            assertThat(table.sum(TOPIC, 0, Integer.MAX_VALUE)).isEqualTo(4);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void theNumberOfSeriesIsBounded() {
        SampleTable table = new SampleTable();
        for (int i = 0; i < SampleTable.MAX_SERIES + 10; i++) {
            table.add(new Series("T" + i, null), NOON, 1);
        }
        assertThat(table.sum(new Series("T0", null), NOON, NOON + 1)).isEqualTo(1);
        assertThat(table.sum(new Series("T" + SampleTable.MAX_SERIES, null), NOON, NOON + 1))
                .isZero();
    }

    @Test
    void aReportOfTheRunningBrokerCountsWhatItTook() throws Exception {
        try (EmbeddedRocketMq queue =
                EmbeddedRocketMq.start(EmbeddedSettings.in(directory).withPorts(0, 0))) {
            queue.createTopic("Counted");
            queue.createGroup("GID_Counted");
            for (int i = 0; i < 120; i++) {
                queue.append(new QueueMessage(
                                "Counted", "k" + i, null, MessageProperties.none(), Body.wrap(new byte[1])))
                        .toCompletableFuture()
                        .get();
            }
            Reports reports = queue.operations().reports();
            long now = System.currentTimeMillis();
            await().untilAsserted(() -> {
                ((EmbeddedOperations) queue.operations()).sampleNow(now / 60_000);
                List<Point> points = reports.production(
                        "Counted", Duration.ofMinutes(10), now - 600_000, System.currentTimeMillis());
                assertThat(points.stream().mapToLong(Point::messages).sum()).isEqualTo(120);
                assertThat(points).anyMatch(point -> point.tps() == point.messages() / 600.0 && point.tps() > 0);
                assertThat(points).allMatch(point -> point.startMillis() % 600_000 == 0);
            });
            assertThat(reports.consumption("GID_Counted", "Counted", Duration.ofHours(1), now, now))
                    .singleElement()
                    .satisfies(point -> assertThat(point.messages()).isZero());
            refused(() -> reports.production("Counted", Duration.ofMinutes(7), now, now), "period");
            refused(() -> reports.production("Counted", Duration.ofMinutes(1), 0, now), "from");
            refused(() -> reports.production("Uncounted", Duration.ofMinutes(1), now, now), "topic");
        }
    }

    private static void refused(Runnable report, String field) {
        assertThatExceptionOfType(OperationException.class)
                .isThrownBy(report::run)
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
    }
}
