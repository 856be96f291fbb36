package isthmus.gateway.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Ends a connection whose TLS went wrong, with one sentence that says why. Lives on the event loop. */
final class TlsFailures extends ChannelInboundHandlerAdapter {
    /** Alerts, and how Java takes one in plain text, as OpenSSL sends it in the middle of a TLS 1.3 handshake. */
    private static final List<String> SIGNS_OF_DISTRUST = List.of(
            "fatal alert: unknown_ca",
            "fatal alert: certificate_unknown",
            "fatal alert: bad_certificate",
            "Insufficient buffer remaining for AEAD cipher fragment (2)");

    private final TlsOptions.SessionCheck sessionCheck;
    private boolean reported;

    TlsFailures(TlsOptions.SessionCheck sessionCheck) {
        this.sessionCheck = sessionCheck;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            if (completion.isSuccess()) {
                checkClient(ctx);
            } else {
                end(ctx, completion.cause());
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private void checkClient(ChannelHandlerContext ctx) {
        try {
            sessionCheck.check(ctx.pipeline().get(SslHandler.class).engine().getSession());
        } catch (CertificateException distrusted) {
            end(ctx, distrusted);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        SSLException failure = tlsFailure(cause);
        if (failure == null) {
            ctx.fireExceptionCaught(cause);
        } else {
            end(ctx, failure);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive follows
    private void end(ChannelHandlerContext ctx, Throwable failure) {
        if (!reported) {
            reported = true;
            if (failure instanceof NotSslRecordException) {
                ctx.fireExceptionCaught(new TransportFailure(
                        "it spoke plain text, or something else that is not TLS, to a port with TLS"));
            } else if (!(failure instanceof ClosedChannelException)) { // Who just left is seen as that.
                ctx.fireExceptionCaught(new TransportFailure(sentence(String.valueOf(failure.getMessage()))));
            }
        }
        ctx.close();
    }

    private static String sentence(String failure) {
        return SIGNS_OF_DISTRUST.stream().anyMatch(failure::contains)
                ? "the client broke off, most likely because it does not trust the server's certificate: it needs the"
                        + " CA, and has to come by a name or address in the certificate (" + failure + ")"
                : failure;
    }

    private static @Nullable SSLException tlsFailure(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException failure) {
                return failure;
            }
        }
        return null;
    }
}
