package isthmus.conformance.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What a person asked for.
 *
 * @param scenarios their names; none means all
 * @param seconds the length of a window
 * @param rounds how often what can be compared is measured
 * @param warmUpMessages what is delivered before anything is measured
 * @param peers other servers, to be measured side by side
 * @param peersOnly whether the own server is left out
 */
record BenchOptions(
        List<String> scenarios,
        String flush,
        int seconds,
        int rounds,
        int warmUpMessages,
        List<Peer> peers,
        boolean peersOnly,
        boolean help) {
    /** A server in Java has compiled its code after 25 to 30 s at full speed; before, that is what costs half of a message. */
    static final int DEFAULT_WARM_UP = 3_000_000;

    BenchOptions {
        if (peersOnly && peers.isEmpty()) {
            throw new IllegalArgumentException("--peers-only needs an --against");
        }
    }

    /** @throws IllegalArgumentException with a sentence, when it cannot be understood */
    static BenchOptions parse(String[] arguments) {
        List<String> scenarios = new ArrayList<>();
        Deque<PeerOptions> peers = new ArrayDeque<>();
        String flush = "async";
        int seconds = 20;
        int rounds = 3;
        int warmUpMessages = DEFAULT_WARM_UP;
        boolean peersOnly = false;
        boolean help = false;
        Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
        while (!left.isEmpty()) {
            String argument = left.remove();
            switch (argument) {
                case "--help", "-h" -> help = true;
                case "--flush" -> flush = flush(value(argument, left));
                case "--seconds" -> seconds = number(argument, value(argument, left));
                case "--rounds" -> rounds = number(argument, value(argument, left));
                case "--warm-up" -> warmUpMessages = number(argument, value(argument, left));
                case "--against" -> peers.add(new PeerOptions(value(argument, left)));
                case "--pid", "--user", "--password", "--client-ids" ->
                    last(argument, peers).set(argument, value(argument, left));
                case "--peers-only" -> peersOnly = true;
                default -> scenarios.add(scenario(argument));
            }
        }
        return new BenchOptions(
                List.copyOf(scenarios),
                flush,
                seconds,
                rounds,
                warmUpMessages,
                peers.stream().map(PeerOptions::peer).toList(),
                peersOnly,
                help);
    }

    private static PeerOptions last(String option, Deque<PeerOptions> peers) {
        if (peers.isEmpty()) {
            throw new IllegalArgumentException(option + " belongs behind an --against");
        }
        return peers.getLast();
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.remove();
    }

    private static String flush(String value) {
        if (!value.equals("async") && !value.equals("sync")) {
            throw new IllegalArgumentException("--flush " + value + " (expected: async or sync)");
        }
        return value;
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(option + " " + value + " (expected: 1..999999999)");
        }
        return Integer.parseInt(value);
    }

    private static String scenario(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("unknown option " + argument);
        }
        return argument;
    }
}
