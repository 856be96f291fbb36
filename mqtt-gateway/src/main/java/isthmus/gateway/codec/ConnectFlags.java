package isthmus.gateway.codec;

/** The bits of the Connect Flags byte (section 3.1.2.3). */
final class ConnectFlags {
    static final int RESERVED = 0x01;
    static final int CLEAN_SESSION = 0x02;
    static final int WILL = 0x04;
    static final int WILL_QOS_SHIFT = 3;
    static final int WILL_QOS = 0x18;
    static final int WILL_RETAIN = 0x20;
    static final int PASSWORD = 0x40;
    static final int USER_NAME = 0x80;

    private ConnectFlags() {}
}
