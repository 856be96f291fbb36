package isthmus.server;

import isthmus.gateway.spi.Account;
import isthmus.server.resources.Resources;
import isthmus.server.resources.SecretFiles;
import java.nio.file.Path;
import java.util.Optional;

/** Tells a person which account to use and where its secret key lies; never the key. */
final class Accounts {
    private static final int MOST = 5;

    private Accounts() {}

    static void describe(Resources resources, SecretFiles secrets, ReadyMessage ready) {
        resources.accounts().stream().limit(MOST).forEach(account -> describe(account, secrets, ready));
        int more = resources.accounts().size() - MOST;
        if (more > 0) {
            ready.line("AccessKey", "(" + more + " more)");
        }
        ready.line("Groups", String.join(", ", resources.groups()));
        ready.line("Parent topics", String.join(", ", resources.topics()));
    }

    private static void describe(Account account, SecretFiles secrets, ReadyMessage ready) {
        Optional<Path> file = secrets.find(account.accessKey());
        ready.line("AccessKey", account.accessKey());
        ready.line("Secret key", file.map(path -> "in " + path).orElse("as configured for " + account.accessKey()));
    }
}
