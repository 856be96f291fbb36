package isthmus.conformance.crash;

/** What happens to the server while everybody talks. When it is over the server runs and can work. */
interface Trouble {
    /** How to do the same again. */
    String command();

    /** Runs while devices and applications are at work. */
    void make(ServerUnderTest server, Ledger ledger, Verdict verdict) throws Exception;
}
