package isthmus.server.api.access;

import isthmus.server.api.Field;
import isthmus.server.api.Role;
import isthmus.server.api.Verb;
import java.time.Instant;

/** One write that was asked for, whether or not it was carried out. */
public record AuditEntry(
        @Field("Its number; grows.") long number,
        @Field("When.") Instant time,
        @Field("The name of the token.") String token,
        @Field("The role of the token.") Role role,
        @Field("The address that asked.") String address,
        @Field("The operation, as in the OpenAPI document.") String operation,
        @Field("The HTTP method.") Verb verb,
        @Field("The path and the query.") String target,
        @Field("The HTTP status of the answer: 200 to 299 when it was carried out.") int status) {}
