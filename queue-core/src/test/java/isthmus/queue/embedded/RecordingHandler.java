package isthmus.queue.embedded;

import isthmus.queue.api.FeedHandler;
import isthmus.queue.api.LogRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps what the feed tells, in order. */
class RecordingHandler implements FeedHandler {
    final List<LogRecord> records = new CopyOnWriteArrayList<>();
    final List<String> gaps = new CopyOnWriteArrayList<>();
    final AtomicLong next = new AtomicLong();
    final AtomicLong calls = new AtomicLong();
    final AtomicLong largestBatch = new AtomicLong();
    volatile @Nullable Throwable failure;

    @Override
    public void onRecords(List<LogRecord> batch, long position) {
        records.addAll(batch);
        next.set(position);
        calls.incrementAndGet();
        largestBatch.accumulateAndGet(batch.size(), Math::max);
    }

    @Override
    public void onGap(long from, long to) {
        gaps.add(from + "-" + to);
    }

    @Override
    public void onFailure(Throwable cause) {
        failure = cause;
    }

    List<String> bodies() {
        return records.stream().map(record -> TestQueue.text(record.body())).toList();
    }
}
