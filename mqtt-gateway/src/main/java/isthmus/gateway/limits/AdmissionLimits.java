package isthmus.gateway.limits;

/**
 * Whose Network Connection is accepted at all.
 *
 * @param connections open at a time
 * @param connectionsPerAddress of them from one address; 0 for any number
 * @param connectRate accepted in a second, and at once
 * @param connectRatePerAddress of them from one address; 0 for any number
 * @param connecting open and not yet let in; with one more, the oldest of them is closed
 */
public record AdmissionLimits(
        int connections, int connectionsPerAddress, int connectRate, int connectRatePerAddress, int connecting) {}
