package isthmus.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What devices connect to: four listeners and their common limits. */
public record Mqtt(
        @Key("MQTT over TCP.") Tcp tcp,
        @Key("MQTT over TLS.") Tls tls,
        @Key("MQTT over WebSocket. When nothing is set here and port 80 cannot be had, port 8083 is used instead.")
                Ws ws,
        @Key(
                        "MQTT over WebSocket over TLS, with the certificate of mqtt.tls. When nothing is set here and port 443 cannot"
                                + " be had, port 8084 is used instead.")
                Wss wss,
        @Key(
                        value =
                                "Which Client Identifiers are accepted: group, those of the form GroupID@@@DeviceID, of a group that"
                                        + " exists; or any, others as well. Such a Client signs its whole Client Identifier, with an"
                                        + " account for all groups; it belongs to no group and so has no client events. An empty"
                                        + " Client Identifier is then replaced by an assigned one.",
                        unset = "group")
                ClientIds clientIds,
        @Key(
                        value =
                                "Which parent topics devices may use: created, those that were created beforehand; or any: then one"
                                        + " that is missing is created when a device of an account for all topics publishes or"
                                        + " subscribes to it.",
                        unset = "created")
                ParentTopics parentTopics,
        @Key("What one Client may ask for.") Limits limits) {

    /** Which Client Identifiers are accepted. */
    public enum ClientIds {
        GROUP,
        ANY
    }

    /** Which parent topics devices may use. */
    public enum ParentTopics {
        CREATED,
        ANY
    }

    /** MQTT over TCP. */
    public record Tcp(
            @Key(value = "The address to listen on.", unset = "0.0.0.0") String host,
            @Key(value = "The port.", unset = "1883") Port port) {}

    /** MQTT over TLS. */
    public record Tls(
            @Key(value = "The address to listen on.", unset = "0.0.0.0") String host,
            @Key(value = "The port.", unset = "8883") Port port,
            @Key(
                            "A PEM file with the server's certificate and its chain. Without it, a certificate of a CA of our own is"
                                    + " made in the data directory.")
                    @Nullable
                    Path certificate,
            @Key("A PEM file with the private key of the certificate.") @Nullable Path key,
            @Key("A PEM file with the CA that signed the certificates of the devices. Without it, the CA in the data"
                            + " directory is meant.")
                    @Nullable
                    Path clientCa,
            @Key(
                            value =
                                    "Whether devices may or must show a certificate of their own: off, optional or required."
                                            + " With a clientCa, off means optional.",
                            unset = "off")
                    ClientCertificate clientCertificate,
            @Key(
                            value =
                                    "What the certificate of a device says about it: off, nothing; match, its common name (CN) is the"
                                            + " device's Client Identifier; instead, the same, and the device needs no user name and"
                                            + " password.",
                            unset = "off")
                    CertificateSignOn certificateSignOn,
            @Key("The account with whose rights devices sign on that show a certificate instead of a password.")
                    @Nullable
                    String certificateAccount) {

        public Tls {
            if (certificate != null && key == null) {
                throw new IllegalArgumentException("key: missing (expected: the private key of mqtt.tls.certificate)");
            }
            if (certificate == null && key != null) {
                throw new IllegalArgumentException("certificate: missing (expected: the certificate of mqtt.tls.key)");
            }
            if (certificateSignOn == CertificateSignOn.INSTEAD && certificateAccount == null) {
                throw new IllegalArgumentException(
                        "certificateAccount: missing (expected: the name of the account for mqtt.tls.certificateSignOn)");
            }
            if (certificateSignOn != CertificateSignOn.OFF
                    && clientCa == null
                    && clientCertificate == ClientCertificate.OFF) {
                throw new IllegalArgumentException("certificateSignOn: devices are not asked for a certificate"
                        + " (set mqtt.tls.clientCertificate to optional or required)");
            }
        }

        /** Whether devices are asked for a certificate: also when only {@code clientCa} says so. */
        public ClientCertificate clients() {
            return clientCa != null && clientCertificate == ClientCertificate.OFF
                    ? ClientCertificate.OPTIONAL
                    : clientCertificate;
        }
    }

    /** Whether the TLS listeners ask devices for a certificate. */
    public enum ClientCertificate {
        OFF,
        OPTIONAL,
        REQUIRED
    }

    /** What the certificate of a device says about it. */
    public enum CertificateSignOn {
        OFF,
        MATCH,
        INSTEAD
    }

    /** MQTT over WebSocket. */
    public record Ws(
            @Key(value = "The address to listen on.", unset = "0.0.0.0") String host,
            @Key(value = "The port.", unset = "80") Port port,
            @Key(value = "The path of the WebSocket.", unset = "/mqtt") String path) {
        public Ws {
            requirePath(path);
        }
    }

    /** MQTT over WebSocket over TLS. */
    public record Wss(
            @Key(value = "The address to listen on.", unset = "0.0.0.0") String host,
            @Key(value = "The port.", unset = "443") Port port,
            @Key(value = "The path of the WebSocket.", unset = "/mqtt") String path) {
        public Wss {
            requirePath(path);
        }
    }

    private static void requirePath(String path) {
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c == '?' || c == '#')) {
            throw new IllegalArgumentException(
                    "path: " + path + " (expected: a path that begins with / and has no space, ? or #)");
        }
    }
}
