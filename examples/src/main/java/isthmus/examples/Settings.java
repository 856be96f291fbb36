package isthmus.examples;

import org.jspecify.annotations.Nullable;

/** Where the server is and who we are: environment variables, so that no key stands in a program or a process list. */
final class Settings {
    final String host = variable("ISTHMUS_HOST", "localhost");
    final String mqttPort = variable("ISTHMUS_MQTT_PORT", "1883");
    final String tlsPort = variable("ISTHMUS_TLS_PORT", "8883");
    final String caFile = variable("ISTHMUS_CA_FILE", "ca.crt");
    final String nameServer = variable("ISTHMUS_NAME_SERVER", host + ":9876");
    final String accessKey = variable("ISTHMUS_ACCESS_KEY", null);
    final String secretKey = variable("ISTHMUS_SECRET_KEY", null);
    final String topic = variable("ISTHMUS_TOPIC", "Telemetry");
    final String groupId = variable("ISTHMUS_GROUP", "GID_Sensors");

    String clientId(String deviceId) {
        return groupId + "@@@" + deviceId;
    }

    /** The RocketMQ group of a server application; every application has its own. */
    String applicationGroup(String unset) {
        return variable("ISTHMUS_APPLICATION_GROUP", unset);
    }

    static String argument(String[] args, int index, String unset) {
        return index < args.length ? args[index] : unset;
    }

    static int number(String[] args, int index, int unset) {
        try {
            return Integer.parseInt(argument(args, index, Integer.toString(unset)));
        } catch (NumberFormatException e) {
            throw stop("Argument " + (index + 1) + " is " + args[index] + " (expected: a number)");
        }
    }

    private static String variable(String name, @Nullable String unset) {
        String value = System.getenv().getOrDefault(name, "");
        if (!value.isEmpty()) {
            return value;
        }
        if (unset == null) {
            throw stop("Set " + name + "; the server says at its start what it is or where it lies");
        }
        return unset;
    }

    private static IllegalStateException stop(String sentence) {
        System.err.println(sentence);
        System.exit(2);
        return new IllegalStateException(sentence);
    }
}
