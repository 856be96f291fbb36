package isthmus.gateway.limits;

/**
 * What all Clients share, and how much of it is taken. Any thread.
 *
 * @param unfinished packets whose end has not come
 * @param unstored messages that the log has not stored yet
 * @param wills Will Messages of those who are connected
 * @param waiting messages that their Clients do not take
 */
public record Capacity(
        CapacityLimits limits,
        Quota storedSessions,
        Quota subscriptions,
        SharedBytes unfinished,
        ByteBudget unstored,
        ByteBudget wills,
        SharedBytes waiting) {
    public static Capacity of(CapacityLimits limits) {
        return new Capacity(
                limits,
                new Quota(limits.storedSessions()),
                new Quota(limits.subscriptions()),
                new SharedBytes(limits.incomingBytes()),
                new ByteBudget(limits.incomingBytes()),
                new ByteBudget(limits.willBytes()),
                new SharedBytes(limits.waitingBytes()));
    }
}
