package isthmus.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A refusal as it is sent: {@code application/problem+json} (RFC 9457). */
public record ProblemDocument(
        @Field("Always about:blank: the status says what kind of problem it is.") String type,
        @Field("The status in words.") String title,
        @Field("The HTTP status.") int status,
        @Field("A sentence about this very request.") String detail,
        @Field("The fields and parameters that are wrong; left out when it is not about fields.") @Nullable
                List<FieldProblem> errors) {}
