package isthmus.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can be set, as {@link ConfigurationReader} read it once at the start. */
public record Configuration(
        @Key(
                        value =
                                "The directory that holds everything that must survive: the message log, sessions, accounts, keys and"
                                        + " certificates. Relative paths, here and below, start at the directory in which the server is"
                                        + " started.",
                        unset = "./data")
                Path data,
        @Key("What devices connect to.") Mqtt mqtt,
        @Key("The durable message log behind the gateway, and what server applications connect to.") Queue queue,
        @Key("The web page for trying things out.") Web web,
        @Key("The management interface, over HTTP: what isthmus ctl speaks to. It asks for a token; the one in the data"
                        + " directory, keys/api.token, may do everything.")
                Api api,
        @Key("How messages cross between RocketMQ and MQTT.") Bridge bridge,
        @Key(
                        "Accounts, topics and groups that are created at the start when they are missing. What exists is kept as it is:"
                                + " a later change here does not alter it.")
                InitialResources resources) {

    /** What the server runs with when nothing is configured. */
    public static Configuration defaults() {
        return new ConfigurationReader(Map.of(), warning -> {}).read(List.of());
    }

    /** Rules of the bridge. */
    public record Bridge(
            @Key(
                            value =
                                    "Whether a message of a server application reaches devices only when it carries the tag MQ2MQTT.",
                            unset = "true")
                    boolean requireTag,
            @Key(
                            value =
                                    "Whether each message of a device begins a trace: it gets a property traceparent (W3C Trace"
                                            + " Context), so that the spans of server applications are in one trace. Costs about"
                                            + " 70 bytes of the log per message.",
                            unset = "false")
                    boolean traceContext,
            @Key(
                            value =
                                    "Of so many of these traces one is marked as sampled, by its trace id as OpenTelemetry's"
                                            + " TraceIdRatioBased does it. 0: none.",
                            unset = "1",
                            max = 1_000_000_000)
                    int traceSampledOneIn) {}

    /** The web page. */
    public record Web(
            @Key(
                            value =
                                    "The address of the web page. Beyond 127.0.0.1 everybody who can reach it sees the names of groups"
                                            + " and topics.",
                            unset = "127.0.0.1")
                    String host,
            @Key(value = "The port of the web page.", unset = "8080") Port port) {}

    /** The management interface. */
    public record Api(
            @Key(
                            value =
                                    "The address of the API. Beyond 127.0.0.1 its tokens can be read on the way, unless it speaks TLS"
                                            + " or is behind a proxy that does.",
                            unset = "127.0.0.1")
                    String host,
            @Key(value = "The port of the API.", unset = "8082") Port port,
            @Key("TLS on the port of the API.") Tls tls,
            @Key(
                            "Names under which the API is reached, beside localhost and its addresses: a request for another Host is"
                                    + " refused.")
                    List<String> names,
            @Key(value = "Whether /metrics may be read without a token.", unset = "false") boolean openMetrics) {
        public Api {
            names = List.copyOf(names);
        }

        /** TLS instead of plain HTTP. */
        public record Tls(
                @Key(value = "Whether the API speaks TLS, and then nothing else.", unset = "false") boolean enabled,
                @Key(
                                "A PEM file with the certificate of the API and its chain. Without it, the certificate of mqtt.tls is"
                                        + " used, be it configured or made in the data directory.")
                        @Nullable
                        Path certificate,
                @Key("A PEM file with the private key of the certificate.") @Nullable Path key) {

            public Tls {
                if (certificate != null && key == null) {
                    throw new IllegalArgumentException(
                            "key: missing (expected: the private key of api.tls.certificate)");
                }
                if (certificate == null && key != null) {
                    throw new IllegalArgumentException(
                            "certificate: missing (expected: the certificate of api.tls.key)");
                }
                if (certificate != null && !enabled) {
                    throw new IllegalArgumentException(
                            "enabled: false, although there is a certificate (expected: true, or no api.tls.certificate)");
                }
            }
        }
    }
}
