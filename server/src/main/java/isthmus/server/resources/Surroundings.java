package isthmus.server.resources;

import isthmus.gateway.auth.Identity;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The running parts of the server that have to know of resources. Called in the thread of a change, one change at a time.
 *
 * <p>What is new is there, in the log and in the feed, before anybody may use it; what goes is taken from those who use it
 * before it goes.
 */
final class Surroundings {
    private final QueueSide queue;
    private final Consumer<Set<String>> watch;
    private final Consumer<Predicate<Identity>> recheck;

    /**
     * @param watch tells the feed which topics are for devices
     * @param recheck has Clients checked again
     */
    Surroundings(QueueSide queue, Consumer<Set<String>> watch, Consumer<Predicate<Identity>> recheck) {
        this.queue = queue;
        this.watch = watch;
        this.recheck = recheck;
    }

    /** Before a change is written. What is made here for a change that is not written after all does no harm. */
    void prepare(Snapshot before, Snapshot after) {
        queue.add(after);
        if (!before.topics().keySet().containsAll(after.topics().keySet())) {
            Set<String> both = new HashSet<>(before.topics().keySet());
            both.addAll(after.topics().keySet());
            watch.accept(both);
        }
    }

    /** After a change has been written, and when it is what readers find. */
    void follow(Snapshot before, Snapshot after) {
        Set<String> affected = new HashSet<>(before.accounts().keySet());
        affected.removeIf(account -> !after.differsFor(account, before));
        before.keys().values().stream()
                .filter(key -> after.key(key.accessKey()) == null)
                .forEach(key -> affected.add(key.account()));
        recheck.accept(identity -> affected.contains(identity.account()));
        queue.follow(after);
        if (!before.topics().keySet().equals(after.topics().keySet())) {
            watch.accept(after.topics().keySet());
        }
    }

    /** Who is affected by something that is in no snapshot. */
    void recheck(Predicate<Identity> affected) {
        recheck.accept(affected);
    }
}
