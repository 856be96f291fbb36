package isthmus.conformance.crash;

/** What happens to the server while everybody talks. When it is over the server runs and can work. */
interface Trouble {
    /** How to do the same again. */
    String command();

    /** Whether the log takes the events of all connections: those of a client that come too fast wait, but not for ever. */
    default boolean allEventsAreStored() {
        return true;
    }

    /** Runs while devices and applications are at work. */
    void make(ServerUnderTest server, Ledger ledger, Verdict verdict) throws Exception;
}
