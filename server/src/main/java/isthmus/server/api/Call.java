package isthmus.server.api;

import isthmus.queue.api.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * One request, checked: the caller may ask, and everything is within its bounds.
 *
 * @param parameters of path and query
 * @param trace the trace that the request is part of, or null
 */
public record Call<P extends Record, B extends Record>(
        P parameters, B body, Caller caller, @Nullable TraceContext trace) {}
