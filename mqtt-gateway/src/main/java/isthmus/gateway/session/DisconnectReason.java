package isthmus.gateway.session;

import java.util.Locale;

/** Why a Network Connection ended: a closed vocabulary, seen in the log and counted. */
public enum DisconnectReason {
    CLIENT_DISCONNECT("the client sent DISCONNECT"),
    CONNECTION_LOST("the client closed the connection without DISCONNECT"),
    KEEP_ALIVE_TIMEOUT("nothing came for one and a half times the keep alive"),
    CONNECT_TIMEOUT("no CONNECT came in time"),
    CROWDED_OUT("too many others came before it sent its CONNECT"),
    REFUSED("CONNECT was refused"),
    /** Mostly before a CONNECT; a broken TLS record or WebSocket frame ends a Client that is in with it as well. */
    TRANSPORT_FAILED("TLS or WebSocket failed"),
    TAKEN_OVER("another connection took the client id over"),
    PROTOCOL_VIOLATION("the client broke the protocol"),
    LIMIT_EXCEEDED("a limit of the server was exceeded"),
    NOT_READING("the client did not take its messages"),
    UNKNOWN_TOPIC("publish to a parent topic that does not exist"),
    NOT_PERMITTED("publish to a topic without permission"),
    CREDENTIAL_WITHDRAWN("what it signed on with is no longer good"),
    PERMISSION_WITHDRAWN("a permission that it used was withdrawn"),
    APPEND_FAILED("the log did not store a message"),
    BACKLOG_LOST("retention removed messages that the client was too slow to take"),
    OPERATOR("an operator disconnected the client"),
    SESSION_DELETED("an operator deleted the session"),
    BANNED("an operator banned the client"),
    SERVER_SHUTDOWN("the server is stopping"),
    INTERNAL_ERROR("an error in the server");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** As it is counted and told: {@code taken_over}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String text() {
        return text;
    }
}
