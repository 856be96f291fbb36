package isthmus.server.management;

import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore;
import isthmus.server.api.Json;
import isthmus.server.operations.AlarmOperations.Notice;
import isthmus.server.operations.AlarmOperations.TestResult;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts notices to the address that is stored, if there is one. A thread of its own waits for the answers. */
public final class Webhook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final String KIND = "alarm-webhook";
    private static final String NAME = "address";
    private static final int MILLIS = 5_000;
    private static final int ATTEMPTS = 3;
    private static final int MOST_WAITING = 100;

    private final SessionStore store;
    private final Json json = new Json();
    private final ThreadPoolExecutor sender;
    private volatile @Nullable String address;

    public Webhook(SessionStore store) {
        this.store = store;
        Payload stored = store.records(KIND).get(NAME);
        this.address = stored == null ? null : new String(stored.array(), StandardCharsets.UTF_8);
        this.sender = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), Webhook::thread);
        sender.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "isthmus-webhook");
        thread.setDaemon(true);
        return thread;
    }

    @Nullable
    String address() {
        return address;
    }

    /** Blocks. */
    void set(@Nullable String wanted) {
        if (wanted == null) {
            store.removeRecord(KIND, NAME);
        } else {
            store.putRecord(KIND, NAME, Payload.wrap(wanted.getBytes(StandardCharsets.UTF_8)));
        }
        address = wanted;
    }

    /** Posts it soon; never blocks. What cannot be posted is in the log. */
    public void post(Notice notice) {
        String to = address;
        if (to == null) {
            return;
        }
        try {
            sender.execute(() -> postRepeatedly(to, notice));
        } catch (RejectedExecutionException e) {
            LOG.warn("too many alarms wait for {}; this one is not posted: {}", to, notice.text());
        }
    }

    private void postRepeatedly(String to, Notice notice) {
        TestResult result = new TestResult(null, "not tried");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            result = postNow(to, notice);
            Integer status = result.status();
            if (status != null && status < 500) {
                break;
            }
        }
        Integer status = result.status();
        if (status == null || status >= 400) {
            LOG.warn("an alarm was not taken by {}: {}", to, result.text());
        }
    }

    /** Blocks until there is an answer, or none after a few seconds. */
    TestResult postNow(String to, Notice notice) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(to).toURL().openConnection();
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(json.write(notice));
            int status = connection.getResponseCode();
            connection.disconnect();
            return new TestResult(status, to + " answered " + status);
        } catch (IOException e) {
            return new TestResult(null, to + " did not answer: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
