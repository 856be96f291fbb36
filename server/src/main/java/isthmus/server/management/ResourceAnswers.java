package isthmus.server.management;

import isthmus.server.api.Handler;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.resources.ResourceProblem;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the routes of resources have in common. */
final class ResourceAnswers {
    private ResourceAnswers() {}

    /** The same handler, whose {@link ResourceProblem}s are problems of the request. */
    static <P extends Record, B extends Record, A> Handler<P, B, A> asking(Handler<P, B, A> handler) {
        return call -> {
            try {
                return handler.handle(call);
            } catch (ResourceProblem problem) {
                throw problemOf(problem);
            }
        };
    }

    private static Problem problemOf(ResourceProblem problem) {
        String sentence = String.valueOf(problem.getMessage());
        return switch (problem.kind()) {
            case INVALID -> Problem.invalidAsSaid(problem.field(), sentence);
            case MISSING -> Problem.about(404, problem.field(), sentence);
            case EXISTS, IN_USE -> Problem.about(409, problem.field(), sentence);
        };
    }

    /** A page of what is in the order of these texts. */
    static <S, T> Page<T> page(
            List<S> all, Function<S, String> name, @Nullable String cursor, int limit, Function<S, T> view) {
        String after = Page.key(cursor);
        List<S> found = all.stream()
                .filter(each -> name.apply(each).compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        Page<S> page = Page.of(found, limit, name);
        return new Page<>(page.items().stream().map(view).toList(), page.next());
    }
}
