package isthmus.server.management;

import isthmus.queue.api.admin.OperationException;
import isthmus.server.api.Handler;
import isthmus.server.api.Problem;

/** What the queue core refuses, as problems. */
final class QueueRefusals {
    private QueueRefusals() {}

    /** The same handler, with its refusals as problems. */
    static <P extends Record, B extends Record, A> Handler<P, B, A> told(Handler<P, B, A> handler) {
        return call -> {
            try {
                return handler.handle(call);
            } catch (OperationException refused) {
                throw problem(refused);
            }
        };
    }

    private static Problem problem(OperationException refused) {
        String sentence = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case NOT_FOUND -> Problem.notFound(sentence);
            case INVALID -> Problem.invalidAsSaid(refused.field(), sentence);
            case CONFLICT, UNREACHABLE -> Problem.conflict(sentence);
            case UNAVAILABLE -> Problem.of(503, sentence);
        };
    }
}
