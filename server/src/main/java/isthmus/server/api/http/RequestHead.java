package isthmus.server.api.http;

import io.netty.handler.codec.http.HttpHeaders;
import isthmus.queue.api.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * A request before its body has come.
 *
 * @param target path and query, as sent
 * @param address of the caller, without the port
 */
record RequestHead(String method, String target, HttpHeaders headers, String address) {
    /** The path, as sent. */
    String rawPath() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The query, as sent, without its question mark. */
    String rawQuery() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** The trace that the caller's tracing says it is part of, or null. */
    @Nullable
    TraceContext trace() {
        return TraceContext.ofHeaders(headers.getAll(TraceContext.PARENT), headers.getAll(TraceContext.STATE));
    }
}
