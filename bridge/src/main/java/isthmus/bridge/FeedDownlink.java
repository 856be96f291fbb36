package isthmus.bridge;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.Downlink;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.queue.api.FeedHandler;
import isthmus.queue.api.LogRecord;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way down: the records of the feed are mapped and given to the gateway, in the order of the log, batch by batch; the
 * gateway's own client events among them, too.
 * Lives on the feed thread only.
 */
final class FeedDownlink implements FeedHandler, MappingFindings {
    private static final Logger LOG = LoggerFactory.getLogger(FeedDownlink.class);

    private final Downlink downlink;
    private final MessageMapping mapping;
    private final EventMessage events;
    private final BridgeMetrics metrics;
    private final List<LoggedMessage> messages = new ArrayList<>();

    FeedDownlink(Downlink downlink, BridgeSettings settings, EventMessage events, BridgeMetrics metrics) {
        this.downlink = downlink;
        this.events = events;
        this.mapping = new MessageMapping(settings.requireTag(), this);
        this.metrics = metrics;
    }

    @Override
    public void onRecords(List<LogRecord> records, long next) {
        messages.clear();
        for (LogRecord record : records) {
            if (EventTopics.isEventTopic(record.topic())) {
                onEvent(record);
            } else {
                onMessage(record);
            }
        }
        downlink.deliver(messages, next);
        metrics.add(BridgeCounter.DOWNLINK_DELIVERED, messages.size());
    }

    private void onMessage(LogRecord record) {
        LoggedMessage message = mapping.toDevices(record);
        if (message != null) {
            messages.add(message);
        }
    }

    /** What somebody else has put on an event topic is not for us. */
    private void onEvent(LogRecord record) {
        ConnectionEvent event = events.read(record);
        if (event == null) {
            metrics.increment(BridgeCounter.EVENTS_FOREIGN);
        } else {
            downlink.connectionEvent(event);
        }
    }

    @Override
    public void onGap(long from, long to) {
        metrics.increment(BridgeCounter.DOWNLINK_GAPS);
        LOG.warn(
                "Retention removed the log from position {} to {} before devices were given it: messages in between"
                        + " are lost to them. Keep the log for longer, or do not leave the gateway off for so long.",
                from,
                to);
        downlink.gap(from, to);
    }

    @Override
    public void onFailure(Throwable cause) {
        metrics.increment(BridgeCounter.FEED_FAILED);
        LOG.error(
                "The log cannot be read on, and the feed has stopped: devices receive nothing from now on."
                        + " Restart the gateway; if the same position fails again, the log is damaged there.",
                cause);
    }

    @Override
    public void notForDevices(LogRecord record) {
        metrics.increment(BridgeCounter.DOWNLINK_IGNORED);
    }

    @Override
    public void invalidTopic(LogRecord record, String property) {
        metrics.increment(BridgeCounter.DOWNLINK_INVALID);
        LOG.debug(
                "The record at position {} of topic {} is not delivered: its {} gives no valid Topic Name",
                record.position(),
                record.topic(),
                property);
    }

    @Override
    public void unreadableQos(LogRecord record) {
        metrics.increment(BridgeCounter.DOWNLINK_QOS_UNREADABLE);
        LOG.debug(
                "The record at position {} of topic {} has a {} that is none of 0, 1 and 2; delivered with QoS 1",
                record.position(),
                record.topic(),
                WireProperties.QOS);
    }
}
