package isthmus.gateway.transport;

import io.netty.channel.unix.Errors;
import java.io.IOException;

/** A listener cannot be opened. The message is a sentence for the person who starts the server. */
public final class ListenerFailure extends IOException {
    private static final long serialVersionUID = 1;
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;
    /** Numbers of Linux, where alone the native transport is used. */
    private static final int EACCES = 13;

    private static final int EADDRINUSE = 98;
    private static final int EADDRNOTAVAIL = 99;

    /** Why, for those who want to try another port. */
    public enum Reason {
        PORT_IN_USE,
        NOT_ALLOWED,
        UNKNOWN_HOST,
        OTHER
    }

    private final Reason reason;

    private ListenerFailure(Reason reason, Listener listener, String why) {
        super("cannot listen for " + listener.kind().words() + " on " + listener.host() + ":" + listener.port() + ": "
                + why);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static ListenerFailure unknownHost(Listener listener) {
        String why = "the host is unknown; set " + listener.kind().setting()
                + ".host to an address of this machine, or to 0.0.0.0 for all";
        return new ListenerFailure(Reason.UNKNOWN_HOST, listener, why);
    }

    static ListenerFailure withoutCertificate(Listener listener) {
        return new ListenerFailure(Reason.OTHER, listener, "TLS needs a certificate and there is none");
    }

    static ListenerFailure bind(Listener listener, Throwable cause) {
        String setting = listener.kind().setting();
        ListenerFailure failure =
                switch (reasonOf(cause)) {
                    case PORT_IN_USE ->
                        new ListenerFailure(
                                Reason.PORT_IN_USE,
                                listener,
                                "the port is in use; stop the program that uses it, or set " + setting
                                        + ".port to another port");
                    case NOT_ALLOWED -> new ListenerFailure(Reason.NOT_ALLOWED, listener, notAllowed(listener));
                    case UNKNOWN_HOST -> unknownHost(listener);
                    case OTHER -> new ListenerFailure(Reason.OTHER, listener, String.valueOf(cause.getMessage()));
                };
        failure.initCause(cause);
        return failure;
    }

    private static String notAllowed(Listener listener) {
        String port = listener.kind().setting() + ".port";
        if (listener.port() >= FIRST_UNPRIVILEGED_PORT) {
            return "the operating system does not allow it; set " + port + " to another port";
        }
        return "an ordinary user may not use a port below 1024; set " + port
                + " to 1024 or above, or allow it (sysctl net.ipv4.ip_unprivileged_port_start=" + listener.port()
                + ", or the capability CAP_NET_BIND_SERVICE)";
    }

    private static Reason reasonOf(Throwable cause) {
        if (cause instanceof Errors.NativeIoException nativeFailure) {
            return switch (-nativeFailure.expectedErr()) {
                case EADDRINUSE -> Reason.PORT_IN_USE;
                case EACCES -> Reason.NOT_ALLOWED;
                case EADDRNOTAVAIL -> Reason.UNKNOWN_HOST;
                default -> Reason.OTHER;
            };
        }
        // The JDK tells them apart by their text only.
        String message = String.valueOf(cause.getMessage());
        if (message.contains("already in use")) {
            return Reason.PORT_IN_USE;
        } else if (message.contains("ermission denied")) {
            return Reason.NOT_ALLOWED;
        } else if (message.contains("annot assign requested address")) {
            return Reason.UNKNOWN_HOST;
        }
        return Reason.OTHER;
    }
}
