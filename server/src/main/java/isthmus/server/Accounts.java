package isthmus.server;

import isthmus.server.resources.Resources;
import isthmus.server.resources.SecretFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells a person which account to use and where its secret key lies; never the key. */
final class Accounts {
    private static final int MOST = 5;

    private Accounts() {}

    static void describe(Resources resources, SecretFiles secrets, ReadyMessage ready) {
        List<String> accessKeys = resources.accessKeys();
        accessKeys.stream().limit(MOST).forEach(accessKey -> describe(accessKey, secrets, ready));
        int more = accessKeys.size() - MOST;
        if (more > 0) {
            ready.line("AccessKey", "(" + more + " more)");
        }
        ready.line("Groups", String.join(", ", resources.groupNames()));
        ready.line("Parent topics", String.join(", ", resources.topicNames()));
    }

    private static void describe(String accessKey, SecretFiles secrets, ReadyMessage ready) {
        Optional<Path> file = secrets.find(accessKey);
        ready.line("AccessKey", accessKey);
        ready.line("Secret key", file.map(path -> "in " + path).orElse("as configured for " + accessKey));
    }
}
