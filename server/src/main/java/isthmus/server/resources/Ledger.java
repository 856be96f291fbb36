package isthmus.server.resources;

import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where all changes of resources pass, one after the other. A change is made on a draft; then it is written, all of it
 * together, and from then on it is what readers find and what the rest of the server is told. Reading takes no lock;
 * changing blocks, and does not belong on an event loop.
 */
final class Ledger {
    private final ResourceRecords records;
    private final Clock clock;
    private volatile Snapshot snapshot;
    private @Nullable Surroundings surroundings; // under the monitor

    Ledger(ResourceRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
        this.snapshot = new Snapshot(records.read(), null, clock.millis());
    }

    /** Any thread. */
    Snapshot now() {
        return snapshot;
    }

    long nowMillis() {
        return clock.millis();
    }

    ResourceRecords records() {
        return records;
    }

    /** Whom changes are told from now on. */
    synchronized void tell(Surroundings told) {
        surroundings = told;
    }

    /** Who is told. Under the monitor. */
    @Nullable
    Surroundings surroundings() {
        return surroundings;
    }

    /**
     * Makes a change.
     *
     * @param change throws to change nothing
     */
    synchronized <T> T change(Function<Draft, T> change) {
        Draft draft = new Draft(records, snapshot);
        T result = change.apply(draft);
        if (!draft.changes().isEmpty()) {
            commit(draft);
        }
        return result;
    }

    private void commit(Draft draft) {
        Snapshot before = snapshot;
        Snapshot after = new Snapshot(draft, before, clock.millis());
        if (surroundings != null) {
            prepare(surroundings, draft, before, after);
        }
        records.write(draft.changes());
        snapshot = after;
        if (surroundings != null) {
            surroundings.follow(before, after);
        }
    }

    private void prepare(Surroundings told, Draft draft, Snapshot before, Snapshot after) {
        if (!draft.additions().isEmpty()) {
            records.write(draft.additions());
            draft.also(draft.additions().stream()
                    .map(note -> ResourceRecords.removed(note.name()))
                    .toList());
        }
        told.prepare(before, after);
    }

    /** Looks whether a key has ended since the last change, and if so, lets that have its effect. */
    synchronized void endKeys() {
        Snapshot before = snapshot;
        long now = clock.millis();
        boolean ended = before.accounts().values().stream()
                .flatMap(account -> account.keys().stream())
                .anyMatch(key -> key.endsMillis() <= now && before.keys().containsKey(key.accessKey()));
        if (ended) {
            Snapshot after = new Snapshot(new Draft(records, before), before, now);
            snapshot = after;
            if (surroundings != null) {
                surroundings.follow(before, after);
            }
        }
    }
}
