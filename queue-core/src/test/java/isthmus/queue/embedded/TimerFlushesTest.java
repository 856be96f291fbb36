package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.timer.TimerCheckpoint;
import org.apache.rocketmq.store.timer.TimerLog;
import org.apache.rocketmq.store.timer.TimerMessageStore;
import org.apache.rocketmq.store.timer.TimerMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RocketMQ's timers, loaded but not started: what is in the file of the wheel after a flush. */
class TimerFlushesTest {
    private static final long TIME = 1_800_000_000_000L;

    @TempDir
    Path directory;

    private DefaultMessageStore messages;
    private TimerMessageStore timers;

    @BeforeEach
    void load() throws Exception {
        MessageStoreConfig config = new MessageStoreConfig();
        config.setStorePathRootDir(directory.toString());
        config.setStorePathCommitLog(directory.resolve("commitlog").toString());
        config.setMappedFileSizeTimerLog(1 << 20);
        messages = new DefaultMessageStore(config, null, null, new BrokerConfig(), new ConcurrentHashMap<>());
        timers = new TimerMessageStore(
                messages,
                config,
                new TimerCheckpoint(directory.resolve("timercheck").toString()),
                new TimerMetrics(directory.resolve("timermetrics").toString()),
                null);
        timers.load();
        TimerFlushes.install(timers);
        assertThat(timers.getTimerFlushService()).isInstanceOf(TimerFlushes.class);
    }

    @AfterEach
    void close() {
        timers.shutdown();
        messages.shutdown();
    }

    @Test
    void aSlotIsWrittenAfterItsRecord() throws IOException {
        flush(3);
        record();
        slot(TIME, 1);
        flush(1);

        assertThat(slotInFile(TIME)).isEqualTo(1);
    }

    @Test
    void aSlotThatChangesBehindTheFlushThatSawItsRecordIsWrittenByTheNextOne() throws IOException {
        flush(3);
        record();
        flush(1);
        slot(TIME, 1);
        flush(1);

        assertThat(slotInFile(TIME)).isEqualTo(1);
    }

    @Test
    void withoutANewRecordTheWheelIsLeftOutAndTheCheckpointIsNot() throws IOException {
        record();
        flush(1);
        long flushed = timers.getTimerLog().getMappedFileQueue().getFlushedWhere();
        flush(1);
        slot(TIME, 1); // which RocketMQ never does without a record
        flush(1);

        assertThat(slotInFile(TIME)).isZero();
        assertThat(new TimerCheckpoint(directory.resolve("timercheck").toString()).getLastTimerLogFlushPos())
                .isEqualTo(flushed)
                .isPositive();
    }

    private void flush(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            timers.getTimerFlushService().flush();
        }
    }

    private void record() {
        assertThat(timers.getTimerLog().append(new byte[TimerLog.UNIT_SIZE])).isNotNegative();
    }

    private void slot(long time, long position) {
        timers.getTimerWheel().putSlot(time, position, position);
    }

    /** The position in the timer log that the slot of a time begins with. */
    private long slotInFile(long time) throws IOException {
        byte[] wheel = Files.readAllBytes(directory.resolve("timerwheel"));
        return ByteBuffer.wrap(wheel).getLong(timers.getTimerWheel().getSlotIndex(time) * 32 + 8);
    }
}
