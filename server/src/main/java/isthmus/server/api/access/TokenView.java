package isthmus.server.api.access;

import isthmus.server.api.Field;
import isthmus.server.api.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be seen of a token. */
public record TokenView(
        @Field("Its name.") String name,
        @Field("What its holder may do.") Role role,
        @Field("When it was made.") Instant created,
        @Field("When it ends; left out when it does not.") @Nullable Instant expires) {}
