package isthmus.server.resources;

import isthmus.gateway.spi.Account;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All resources at one moment, in the order of their names. Never changes. */
record Snapshot(Map<String, Account> accounts, Set<String> topics, Set<String> groups) {
    Snapshot {
        accounts = Collections.unmodifiableMap(new TreeMap<>(accounts));
        topics = Collections.unmodifiableSet(new TreeSet<>(topics));
        groups = Collections.unmodifiableSet(new TreeSet<>(groups));
    }

    boolean isEmpty() {
        return accounts.isEmpty() && topics.isEmpty() && groups.isEmpty();
    }
}
