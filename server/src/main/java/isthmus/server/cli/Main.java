package isthmus.server.cli;

import isthmus.server.Isthmus;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // RocketMQ's threads are not all daemons: without exit the process would stay.
        System.exit(new CommandLineInterface(Isthmus::start, System.getenv(), System.in).execute(arguments));
    }
}
