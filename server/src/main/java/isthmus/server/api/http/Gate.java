package isthmus.server.api.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.NetUtil;
import isthmus.server.api.Caller;
import isthmus.server.api.Problem;
import isthmus.server.api.Role;
import isthmus.server.api.access.FailedSignIns;
import isthmus.server.api.access.TokenView;
import isthmus.server.api.access.Tokens;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in. A page of another site, which a browser has open, is not: requests with a foreign Origin are refused, and
 * so is a Host that is neither an address nor a name of ours (DNS rebinding). Any thread; never blocks.
 */
final class Gate {
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final FailedSignIns failures;
    private final List<String> names;

    /** @param names under which the server is reached, beside its addresses and localhost */
    Gate(Tokens tokens, FailedSignIns failures, List<String> names) {
        this.tokens = tokens;
        this.failures = failures;
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** @throws Problem when the request comes from a page of another site, or by a name that is not ours */
    void requireOwnSite(RequestHead head) {
        String host = head.headers().get(HttpHeaderNames.HOST);
        if (host == null || !isOurs(nameOf(host))) {
            throw Problem.of(
                    403,
                    "Host: not a name of this server (expected: its address, localhost, or a name from api.names)");
        }
        String origin = head.headers().get(HttpHeaderNames.ORIGIN);
        if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            throw Problem.of(403, "Origin: another site (this API is not for pages of other sites)");
        }
    }

    /**
     * The holder of the token that came with the request.
     *
     * @throws Problem 401 without a valid token, 429 after too many wrong ones
     */
    Caller identify(RequestHead head) {
        long wait = failures.secondsToWait(head.address());
        if (wait > 0) {
            throw Problem.of(429, "too many wrong tokens from " + head.address() + "; wait " + wait + " s")
                    .with("Retry-After", Long.toString(wait));
        }
        String token = bearer(head);
        TokenView found = token == null ? null : tokens.find(token);
        if (found != null) {
            return new Caller(found.name(), found.role(), head.address());
        }
        if (token != null) {
            failures.failed(head.address());
        }
        throw Problem.of(
                        401,
                        token == null
                                ? "a token is missing (expected: Authorization: Bearer TOKEN)"
                                : "this token is unknown or has ended")
                .with("WWW-Authenticate", "Bearer realm=\"isthmus\"");
    }

    /** @throws Problem when the role is not enough */
    static void requireRole(Caller caller, Role needed) {
        if (!caller.role().includes(needed)) {
            throw Problem.of(
                    403,
                    "the token " + caller.token() + " has the role " + lower(caller.role()) + "; this needs "
                            + lower(needed));
        }
    }

    private static String lower(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String bearer(RequestHead head) {
        String header = head.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        return header.substring(BEARER.length()).strip();
    }

    private boolean isOurs(String name) {
        return name.equals("localhost")
                || NetUtil.isValidIpV4Address(name)
                || NetUtil.isValidIpV6Address(name)
                || names.contains(name);
    }

    /** Without the port, and an IPv6 address without its brackets. */
    private static String nameOf(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? "" : host.substring(1, end);
        }
        int colon = host.indexOf(':');
        return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    }
}
