package isthmus.queue.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where name server and broker listen and where clients find them. Ports are tried out before RocketMQ is started, so
 * that a port in use is a sentence that names its setting and not a failed start.
 *
 * @param bind the address both listen on
 * @param local the address by which this process reaches them
 * @param advertised the address that clients are told
 */
record Addresses(String bind, String local, String advertised, int nameServerPort, int brokerPort) {
    private static final int ATTEMPTS = 100;
    /**
     * Free ports are looked for below those that Linux gives to outgoing connections: until RocketMQ listens, some of this
     * machine could get one that was just found free.
     */
    private static final int LOWEST_FREE = 20_000;

    private static final int HIGHEST_FREE = 32_000;

    static Addresses claim(EmbeddedSettings settings) {
        InetAddress host = resolve(settings.host());
        String bind = host.getHostAddress();
        String local = host.isAnyLocalAddress() ? "127.0.0.1" : bind;
        String advertised = advertised(settings.advertisedHost(), host);
        int nameServer = settings.nameServerPort();
        int broker = settings.brokerPort();
        requireFree(host, nameServer, "nameServerPort", "");
        if (broker != 0) {
            requireFree(host, broker, "brokerPort", "");
            requireFree(host, broker - 2, "brokerPort", " (the broker uses the port two below it, too)");
        } else {
            broker = freePair(host, nameServer);
        }
        if (nameServer == 0) {
            nameServer = freePort(host, broker);
        }
        return new Addresses(bind, local, advertised, nameServer, broker);
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new QueueStartException(
                    "queue.embedded.host: \"" + host + "\" is not an address of this machine; set 127.0.0.1 or 0.0.0.0",
                    unknown);
        }
    }

    private static String advertised(@Nullable String wanted, InetAddress host) {
        if (wanted != null) {
            return wanted;
        }
        return host.isAnyLocalAddress() ? ownAddress() : host.getHostAddress();
    }

    /** The first IPv4 address of this machine that is not loopback; loopback when it has none. */
    private static String ownAddress() {
        try {
            List<InetAddress> own = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .toList();
            return own.stream()
                    .filter(InetAddress::isSiteLocalAddress)
                    .findFirst()
                    .or(() -> own.stream().findFirst())
                    .map(InetAddress::getHostAddress)
                    .orElse("127.0.0.1");
        } catch (SocketException unreadable) {
            return "127.0.0.1";
        }
    }

    private static void requireFree(InetAddress host, int port, String key, String detail) {
        if (port == 0) {
            return;
        }
        try {
            bind(host, port).close();
        } catch (IOException refused) {
            throw new QueueStartException(
                    "queue.embedded." + key + ": port " + port + detail + " on " + host.getHostAddress()
                            + " cannot be opened: " + refused.getMessage()
                            + ". Stop what uses it, or set another port (0 takes any free one).",
                    refused);
        }
    }

    /** A free port whose neighbour two below is free as well. */
    private static int freePair(InetAddress host, int reserved) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServerSocket upper = bind(host, anyPort());
                    ServerSocket lower = bind(host, upper.getLocalPort() - 2)) {
                if (upper.getLocalPort() != reserved && lower.getLocalPort() != reserved) {
                    return upper.getLocalPort();
                }
            } catch (IOException | IllegalArgumentException taken) {
                // The neighbour is in use: another pair.
            }
        }
        throw new QueueStartException(
                "queue.embedded.brokerPort: no two free ports found on " + host.getHostAddress() + "; name one");
    }

    private static int freePort(InetAddress host, int broker) {
        IOException refused = new BindException("no free port found");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServerSocket socket = bind(host, anyPort())) {
                int port = socket.getLocalPort();
                if (port != broker && port != broker - 2) {
                    return port;
                }
            } catch (IOException taken) {
                refused = taken;
            }
        }
        throw new QueueStartException(
                "queue.embedded.host: cannot listen on " + host.getHostAddress() + ": " + refused.getMessage()
                        + "; set an address of this machine, or name a nameServerPort",
                refused);
    }

    private static int anyPort() {
        return ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE);
    }

    private static ServerSocket bind(InetAddress host, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return socket;
        } catch (IOException | IllegalArgumentException refused) {
            socket.close();
            throw refused;
        }
    }

    /** {@code host:port} of the name server, for the broker in this process. */
    String localNameServer() {
        return local + ":" + nameServerPort;
    }

    /** {@code host:port} of the name server, for clients. */
    String advertisedNameServer() {
        return advertised + ":" + nameServerPort;
    }
}
