package isthmus.server.resources;

import isthmus.gateway.spi.Directory.Made;
import isthmus.queue.api.QueueTopic;
import isthmus.server.permissions.AccountRights;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes parent topics because devices use them, for accounts that may use every topic. Any thread asks; making one takes
 * milliseconds, on a thread of its own.
 */
public final class TopicsByUse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsByUse.class);
    private static final int MOST_WAITING = 1000;
    private static final String REMARK = "made because a device used it";

    private final Ledger ledger;
    private final int most;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), TopicsByUse::thread);

    /** @param most parent topics that there may be, however they were made */
    TopicsByUse(Ledger ledger, int most) {
        this.ledger = ledger;
        this.most = most;
        thread.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "isthmus-topics");
        thread.setDaemon(true);
        return thread;
    }

    CompletionStage<Made> make(String account, String topic) {
        AccountRights rights = ledger.now().rights(account);
        if (rights == null || !rights.areUnlimited() || !NameRules.isTopic(topic)) {
            return CompletableFuture.completedStage(Made.REFUSED);
        }
        try {
            return CompletableFuture.supplyAsync(() -> make(topic), thread);
        } catch (RejectedExecutionException busyOrClosed) {
            return CompletableFuture.completedStage(Made.TOO_MANY);
        }
    }

    private Made make(String topic) {
        if (exists(topic)) {
            return Made.DONE;
        }
        if (ledger.now().topics().size() >= most) {
            return Made.TOO_MANY;
        }
        try {
            new Topics(ledger).create(topic, QueueTopic.Kind.NORMAL, TopicPermission.READ_WRITE, REMARK);
            LOG.info("parent topic {} has been made, because a device used it", topic);
        } catch (ResourceProblem problem) {
            return exists(topic) ? Made.DONE : Made.REFUSED; // an operator was faster, or it is a group's name
        } catch (RuntimeException failure) {
            LOG.error("parent topic {} could not be made", topic, failure);
            return Made.REFUSED;
        }
        return Made.DONE;
    }

    private boolean exists(String topic) {
        return ledger.now().topics().containsKey(topic);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
