package isthmus.gateway.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads the filters of the backlog index, once at start, and deletes entries of filters that are gone. */
final class FilterReading {
    private final Database database;
    private final IndexEncoder index;

    FilterReading(Database database, IndexEncoder index) {
        this.database = database;
        this.index = index;
    }

    Map<String, Integer> read() {
        Map<String, Integer> filters = new HashMap<>();
        database.forEach(Table.FILTERS, (key, value) -> filters.put(Values.text(value), Keys.filterId(key)));
        removeEntriesOfOthers(new HashSet<>(filters.values()));
        return filters;
    }

    private void removeEntriesOfOthers(Set<Integer> filterIds) {
        database.write(false, batch -> {
            for (int filterId : indexedFilters(database)) {
                if (!filterIds.contains(filterId)) {
                    index.delete(Keys.index(filterId, 0), Keys.afterIndex(filterId), batch);
                }
            }
        });
    }

    /** The numbers of all filters with index entries: one seek for each, however many entries it has. */
    static Set<Integer> indexedFilters(Database database) {
        Set<Integer> filterIds = new HashSet<>();
        try (Cursor cursor = database.cursor(Table.INDEX, null, null)) {
            boolean valid = cursor.seek(Values.NONE);
            while (valid) {
                int filterId = Keys.filterId(cursor.key());
                filterIds.add(filterId);
                valid = cursor.seek(Keys.afterIndex(filterId));
            }
        }
        return filterIds;
    }
}
