package isthmus.gateway.session;

import isthmus.gateway.admin.PacketListener;
import isthmus.gateway.auth.Identity;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.QoS;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What any thread may tell a {@link Session}. Carried out on the session's owner thread, in the order told. */
sealed interface SessionCommand {
    /** A Client with this identifier has signed on over this connection. */
    record Attach(MqttConnection connection, Packet.Connect connect, Identity identity) implements SessionCommand {}

    /** The feed has a message. Ignored when that attachment is over. */
    record Deliver(Attachment to, LoggedMessage message, QoS qos) implements SessionCommand {}

    /** The feed had messages, more than the session has taken: it is to read them from the log. */
    record CatchUp(Attachment to, Missed missed) implements SessionCommand {}

    /** The log has stored a message, or not. Never acknowledged on another connection than the one it came from. */
    record Stored(Attachment from, InboundPublishes.PendingAck ack, @Nullable Throwable failure)
            implements SessionCommand {}

    /** Something asynchronous is done; {@code otherwise} runs when the attachment is over by then. */
    record Continue(Attachment attachment, Runnable step, Runnable otherwise) implements SessionCommand {}

    /** At the start: a QoS 2 message of this session is in the log, and was not yet remembered as received. */
    record Received(int packetId) implements SessionCommand {}

    /** A session that is not stored and has no connection goes. */
    record EndIfUnused() implements SessionCommand {}

    /** A stored session that is still absent since {@code leftMillis} goes. */
    record Expire(long leftMillis) implements SessionCommand {}

    /** The clock was set: when the Client left has to be told in terms of the new time. */
    record ClockStepped(long millis) implements SessionCommand {}

    /** What the Client has signed on with, or what it may do, may have changed, or ended. */
    record Recheck() implements SessionCommand {}

    /** An operator ends the connection; {@code done} is told whether there was one. */
    record Disconnect(DisconnectReason reason, String detail, CompletableFuture<Boolean> done)
            implements SessionCommand {}

    /** An operator deletes the session. */
    record Delete(CompletableFuture<Boolean> done) implements SessionCommand {}

    /** An operator watches the packets, or no longer does. */
    record Watch(@Nullable PacketListener listener, CompletableFuture<Boolean> done) implements SessionCommand {}

    /** When the feed handed over what was told before this: a sample of how long that takes. */
    record Sample(long handedOverNanos) implements SessionCommand {}

    /** The server stops: the connection is closed. */
    record Shutdown(Runnable done) implements SessionCommand {}
}
