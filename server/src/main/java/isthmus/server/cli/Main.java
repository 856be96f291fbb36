package isthmus.server.cli;

import isthmus.server.Isthmus;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        CommandLineInterface commands = new CommandLineInterface(Isthmus::start, System.getenv(), System.in, out, err);
        // RocketMQ's threads are not all daemons: without exit the process would stay.
        System.exit(commands.execute(arguments));
    }
}
