package isthmus.server.config;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the key that a mistyped or misplaced one was probably meant to be. */
final class NearestName {
    private final List<String> names;

    NearestName(List<String> names) {
        this.names = names;
    }

    /** The nearest name, or null when none is near. */
    @Nullable
    String to(String unknown) {
        String nearest = null;
        int smallest = Integer.MAX_VALUE;
        for (String name : names) {
            int distance = distance(unknown, name);
            if (distance < smallest) {
                smallest = distance;
                nearest = name;
            }
        }
        return smallest <= Math.max(2, unknown.length() / 3) ? nearest : misplaced(unknown);
    }

    /** The nearest of the names that end as the unknown one does. */
    private @Nullable String misplaced(String unknown) {
        String last = "." + lastOf(unknown);
        return names.stream()
                .filter(name -> name.endsWith(last))
                .min(Comparator.comparingInt(name -> distance(unknown, name)))
                .orElse(null);
    }

    private static String lastOf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** How many letters have to be added, removed or changed (Levenshtein). Upper and lower case are the same. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int cost = Math.min(diagonal + (same ? 0 : 1), Math.min(row[j], row[j - 1]) + 1);
                diagonal = row[j];
                row[j] = cost;
            }
        }
        return row[b.length()];
    }
}
