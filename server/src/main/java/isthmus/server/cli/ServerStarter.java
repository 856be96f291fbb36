package isthmus.server.cli;

import isthmus.server.RunningServer;
import isthmus.server.config.Configuration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Starts the assembled server; blocks until it is ready. */
@FunctionalInterface
interface ServerStarter {
    /**
     * Starts it.
     *
     * @param again reads the configuration again
     * @param diskFailed as {@link isthmus.server.Isthmus#start} says
     * @throws RuntimeException with a sentence for the person who started it
     */
    RunningServer start(Configuration configuration, Supplier<Configuration> again, Consumer<String> diskFailed);
}
