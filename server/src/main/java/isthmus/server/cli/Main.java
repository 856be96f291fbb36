package isthmus.server.cli;

import isthmus.server.Isthmus;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        // RocketMQ's threads are not all daemons: without exit the process would stay.
        System.exit(execute(System.getenv(), System.in, out, err, arguments));
    }

    /** Runs a command as the process does, with other surroundings, and returns its exit code. */
    public static int execute(
            Map<String, String> environment, InputStream input, PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLineInterface(Isthmus::start, environment, input, out, err).execute(arguments);
    }
}
