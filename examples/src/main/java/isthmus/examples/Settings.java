package isthmus.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the server is and who we are: environment variables, so that no key stands in a program or a process list. */
final class Settings {
    final String host = variable("ISTHMUS_HOST", "localhost");
    final String mqttPort = variable("ISTHMUS_MQTT_PORT", "1883");
    final String tlsPort = variable("ISTHMUS_TLS_PORT", "8883");
    final String nameServer = variable("ISTHMUS_NAME_SERVER", host + ":9876");
    final String accessKey = variable("ISTHMUS_ACCESS_KEY", "");
    final String secretKey = variable("ISTHMUS_SECRET_KEY", "");
    final String topic = variable("ISTHMUS_TOPIC", "Telemetry");
    final String groupId = variable("ISTHMUS_GROUP", "GID_Sensors");

    String clientId(String deviceId) {
        return groupId + "@@@" + deviceId;
    }

    /** The certificate of the authority that signed the server's; the server says at its start where it is. */
    Path caFile() {
        Path file = Path.of(variable("ISTHMUS_CA_FILE", "data/certs/ca.crt"));
        if (!Files.isReadable(file)) {
            throw stop("There is no " + file + " to read; set ISTHMUS_CA_FILE to the server's ca.crt");
        }
        return file;
    }

    /** The RocketMQ group of a server application; every application has its own. */
    String applicationGroup(String unset) {
        return variable("ISTHMUS_APPLICATION_GROUP", unset);
    }

    /** The text in a message; an MQTT message may be empty, and then the RocketMQ clients show no body at all. */
    static String text(byte @Nullable [] body) {
        return body == null ? "" : new String(body, UTF_8);
    }

    private static String variable(String name, String unset) {
        String value = System.getenv().getOrDefault(name, "");
        value = value.isEmpty() ? unset : value;
        if (value.isEmpty()) {
            throw stop("Set " + name + "; the server says at its start what it is or where it lies");
        }
        return value;
    }

    static IllegalStateException stop(String sentence) {
        System.err.println(sentence);
        System.exit(2);
        return new IllegalStateException(sentence);
    }
}
