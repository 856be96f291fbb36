package isthmus.gateway.session;

import isthmus.gateway.spi.Directory;
import isthmus.gateway.topics.TopicFilter;
import isthmus.gateway.topics.TopicNames;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Parent topics that come into being because this Client uses them ({@code mqtt.parentTopics: any}). Until they have, the
 * connection is not read, so that what the Client sends behind them comes after them. Owner thread only.
 */
final class NewTopics {
    private final SessionContext context;
    private final Session session;
    private final Attachment attachment;

    NewTopics(SessionContext context, Session session, Attachment attachment) {
        this.context = context;
        this.session = session;
        this.attachment = attachment;
    }

    /**
     * Has the parent topics made that are missing.
     *
     * @param topics Topic Names, or Topic Filters, of which those whose first level is a wildcard have no parent topic
     * @param then what the Client asked for; it runs when they are made or will not be
     * @return false if none is missing or none is made, and {@code then} is the caller's to run
     */
    boolean make(Collection<String> topics, Runnable then) {
        Directory directory = context.directory();
        if (!directory.makesParentTopics()) {
            return false;
        }
        List<String> missing = topics.stream()
                .map(TopicNames::parentOf)
                .filter(parent -> !TopicFilter.isWildcard(parent) && !directory.hasParentTopic(parent))
                .distinct()
                .toList();
        if (missing.isEmpty()) {
            return false;
        }
        attachment.connection().pause(Intake.Pause.TOPICS);
        CompletableFuture<?>[] all = missing.stream()
                .map(parent -> directory
                        .makeParentTopic(attachment.access().account(), parent)
                        .thenAccept(context.counters()::parentTopicAsked)
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletionStage<Void> made = CompletableFuture.allOf(all);
        made.whenComplete(
                (done, failure) -> session.tell(new SessionCommand.Continue(attachment, () -> goOn(then), () -> {})));
        return true;
    }

    private void goOn(Runnable then) {
        then.run();
        attachment.connection().resume(Intake.Pause.TOPICS);
    }
}
