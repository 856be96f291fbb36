package isthmus.conformance.bench;

import isthmus.conformance.bench.load.SignOn;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code --against [NAME=]HOST:PORT} and the options behind it that say more about that server. */
final class PeerOptions {
    private static final Pattern ADDRESS = Pattern.compile("(?:([^=]+)=)?(.+):(\\d{1,5})");

    private final String name;
    private final InetSocketAddress mqtt;
    private final List<Long> pids = new ArrayList<>();
    private String clientIdPrefix = "bench-";
    private String user = "";
    private String password = "";

    PeerOptions(String against) {
        Matcher matcher = ADDRESS.matcher(against);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
            throw new IllegalArgumentException("--against " + against + " (expected: NAME=HOST:PORT)");
        }
        mqtt = new InetSocketAddress(matcher.group(2), Integer.parseInt(matcher.group(3)));
        name = matcher.group(1) == null ? against : matcher.group(1);
        if (mqtt.isUnresolved()) {
            throw new IllegalArgumentException("--against " + against + ": this host is not known");
        }
    }

    void set(String option, String value) {
        switch (option) {
            case "--pid" -> pids.add(pid(value));
            case "--client-ids" -> clientIdPrefix = value;
            case "--user" -> user = value;
            case "--password" -> password = value;
            default -> throw new IllegalArgumentException("unknown option " + option);
        }
    }

    private static long pid(String value) {
        if (!value.matches("[1-9]\\d{0,8}")
                || ProcessHandle.of(Long.parseLong(value)).isEmpty()) {
            throw new IllegalArgumentException("--pid " + value + " (expected: the number of a process that runs)");
        }
        return Long.parseLong(value);
    }

    Peer peer() {
        if (pids.isEmpty() || user.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException(
                    "--against " + name + " needs a --pid, a --user and a --password behind it");
        }
        return new Peer(name, mqtt, new SignOn(clientIdPrefix, user, password), List.copyOf(pids));
    }
}
