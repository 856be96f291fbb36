package isthmus.queue.embedded;

import java.lang.reflect.Field;
import org.apache.rocketmq.store.AllocateMappedFileService;
import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.MappedFileQueue;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.logfile.MappedFile;
import org.jspecify.annotations.Nullable;

/**
 * The files of RocketMQ's commit log, which are flushed no more once that has failed. RocketMQ logs the failure, tries again a
 * millisecond later and takes the next success for the disk's word; {@link DiskFault} says why it is not. Who waits for a flush
 * that does not come gets RocketMQ's "timed out" within five seconds.
 *
 * <p>Any thread appends; RocketMQ's thread for flushes flushes.
 */
final class LogFiles extends MappedFileQueue {
    /** In which RocketMQ counts what it lets gather before a flush. */
    private static final int PAGE_BYTES = 4096;

    private final DiskFault fault;

    LogFiles(MessageStoreConfig config, @Nullable AllocateMappedFileService allocator, DiskFault fault) {
        super(
                config.getStorePathCommitLog(),
                config.getMappedFileSizeCommitLog(),
                allocator,
                config.isWriteWithoutMmap());
        this.fault = fault;
    }

    /**
     * Puts this in the place of the store's own.
     *
     * @param store a store that is not loaded yet
     * @throws IllegalStateException if this is not the RocketMQ that this class was written for
     */
    static void install(MessageStore store, DiskFault fault) {
        try {
            Field field = CommitLog.class.getDeclaredField("mappedFileQueue");
            field.setAccessible(true);
            DefaultMessageStore original = (DefaultMessageStore) store;
            field.set(
                    original.getCommitLog(),
                    new LogFiles(original.getMessageStoreConfig(), original.getAllocateMappedFileService(), fault));
        } catch (ReflectiveOperationException | ClassCastException other) {
            throw new IllegalStateException("this version of RocketMQ's store keeps its log in another way", other);
        }
    }

    /** @return whether there is nothing left to flush */
    @Override
    public boolean flush(int leastPages) {
        if (fault.isPresent()) {
            return true;
        }
        long flushed = getFlushedWhere();
        MappedFile file = findMappedFileByOffset(flushed, flushed == 0);
        boolean due = file != null && isDue(file, leastPages);
        boolean done = super.flush(leastPages);
        if (due && getFlushedWhere() == flushed) {
            fault.report(file.getFileName(), flushed);
        }
        return done;
    }

    /** Whether RocketMQ will force the file to the disk. */
    private static boolean isDue(MappedFile file, int leastPages) {
        int written = file.getReadPosition();
        int flushed = file.getFlushedPosition();
        return written > flushed && (file.isFull() || written / PAGE_BYTES - flushed / PAGE_BYTES >= leastPages);
    }
}
