package isthmus.bridge;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.Downlink;
import isthmus.gateway.spi.LoggedMessage;
import java.util.ArrayList;
import java.util.List;

/** The gateway's end of the way down, as a list. */
final class RecordingDownlink implements Downlink {
    private final long resumeFrom;
    final List<LoggedMessage> messages = new ArrayList<>();
    final List<ConnectionEvent> events = new ArrayList<>();
    final List<Long> nexts = new ArrayList<>();
    final List<String> gaps = new ArrayList<>();

    RecordingDownlink() {
        this(-1);
    }

    RecordingDownlink(long resumeFrom) {
        this.resumeFrom = resumeFrom;
    }

    List<String> topics() {
        return messages.stream().map(LoggedMessage::topic).toList();
    }

    @Override
    public long resumeFrom() {
        return resumeFrom;
    }

    @Override
    public void deliver(List<LoggedMessage> batch, long next) {
        messages.addAll(batch);
        nexts.add(next);
    }

    @Override
    public void connectionEvent(ConnectionEvent event) {
        events.add(event);
    }

    @Override
    public void gap(long from, long to) {
        gaps.add(from + ".." + to);
    }
}
