package isthmus.bridge;

import isthmus.queue.api.LogRecord;

/** Hears of the records that {@link MessageMapping} cannot take as they are. */
interface MappingFindings {
    /** For those who read a record again: the feed has reported it already. */
    MappingFindings UNREPORTED = new MappingFindings() {
        @Override
        public void notForDevices(LogRecord record) {}

        @Override
        public void invalidTopic(LogRecord record, String property) {}

        @Override
        public void unreadableQos(LogRecord record) {}
    };

    /** It neither came from a device nor has the tag for devices: server applications talk among themselves. */
    void notForDevices(LogRecord record);

    /** The named property gives no valid Topic Name. The record is not delivered. */
    void invalidTopic(LogRecord record, String property);

    /** Its {@link WireProperties#QOS} is none of 0, 1 and 2. The record is delivered with the default. */
    void unreadableQos(LogRecord record);
}
