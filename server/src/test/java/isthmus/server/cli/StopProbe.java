package isthmus.server.cli;

import isthmus.server.RunningServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** The command line with a server that only talks, to be run as a process of its own. */
final class StopProbe {
    private StopProbe() {}

    /** @param arguments {@code slow-start}, {@code failing-close} or {@code failing-disk}, then the command line */
    public static void main(String[] arguments) {
        String behaviour = arguments[0];
        ServerStarter starter = (configuration, again, diskFailed) -> {
            System.out.println("starting");
            if (behaviour.equals("slow-start")) {
                awaitInput();
            }
            if (behaviour.equals("failing-disk")) {
                diskFailed.accept("The disk has failed.");
                awaitInput();
            }
            return new TalkingServer(behaviour);
        };
        String[] rest = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
        PrintWriter out = new PrintWriter(System.out, true);
        System.exit(new CommandLineInterface(starter, Map.of(), System.in, out, out).execute(rest));
    }

    private static void awaitInput() {
        try {
            System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record TalkingServer(String behaviour) implements RunningServer {
        @Override
        public String readyMessage() {
            return "ready";
        }

        @Override
        public void close() {
            if (behaviour.equals("failing-close")) {
                throw new IllegalStateException("the log did not stop");
            }
            System.out.println("closed");
        }
    }
}
