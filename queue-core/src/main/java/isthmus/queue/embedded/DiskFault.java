package isthmus.queue.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk has failed to take what was written to the log. From then on nobody knows what it has: Linux reports such
 * a failure once, holds the pages for written, and a later success says nothing about them. So no message is taken any more,
 * and a note tells the next start what to write again ({@link DoubtfulPages}).
 *
 * <p>Any thread.
 */
final class DiskFault {
    private static final Logger LOG = LoggerFactory.getLogger(DiskFault.class);

    private final Path note;
    private final CompletableFuture<String> sentence = new CompletableFuture<>();

    /** @param directory RocketMQ's, for the note */
    DiskFault(Path directory) {
        this.note = noteIn(directory);
    }

    static Path noteIn(Path directory) {
        return directory.resolve("unflushed");
    }

    boolean isPresent() {
        return sentence.isDone();
    }

    /** Completes, with what happened and what to do, when there is a fault; in the thread that met it. */
    CompletionStage<String> sentence() {
        return sentence.copy();
    }

    /**
     * The disk has not taken a file of the log. Only the first time counts.
     *
     * @param from the position in the log up to which the disk has everything
     */
    synchronized void report(String file, long from) {
        if (isPresent()) {
            return;
        }
        try {
            // It need not survive a loss of power: that takes the pages in doubt with it.
            Files.writeString(note, Long.toString(from));
        } catch (IOException e) {
            LOG.error("{} cannot be written: the next start does not know what is in doubt", note, e);
        }
        sentence.complete("The disk has not taken what was written to " + file + ", from position " + from
                + " of the log on. Look for the disk's errors (dmesg), and start again when it is sound: what is in doubt is"
                + " written again then.");
    }
}
