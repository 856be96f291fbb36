package isthmus.server.cli;

import isthmus.server.RunningServer;
import isthmus.server.config.Configuration;

/** Starts the assembled server; blocks until it is ready. */
@FunctionalInterface
interface ServerStarter {
    /** @throws RuntimeException with a sentence for the person who started it */
    RunningServer start(Configuration configuration);
}
