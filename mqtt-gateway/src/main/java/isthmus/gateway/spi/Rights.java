package isthmus.gateway.spi;

/**
 * What one Client may do, at one moment. Immutable; any thread; answers from memory. Asked for every PUBLISH and every
 * delivery, so that it allocates nothing where a right is one to a whole parent topic. Parent topics that do not exist, and
 * those that may not be written or read by anybody, are not permitted either.
 */
public interface Rights {
    /** Whether it may publish to a Topic Name. */
    boolean mayPublish(String topic);

    /** Whether it may subscribe to a Topic Filter whose first level is no wildcard; what it may not read is not delivered. */
    boolean maySubscribe(String filter);

    /** Whether a message with this Topic Name may be delivered to it. */
    boolean mayReceive(String topic);

    /** Whether Clients of this group may use the account. */
    boolean mayUse(String groupId);

    /** Whether Clients may use the account that belong to no group. */
    boolean mayUseAllGroups();
}
