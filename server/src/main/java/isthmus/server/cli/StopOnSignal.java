package isthmus.server.cli;

import isthmus.server.RunningServer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the server when the process gets SIGTERM or SIGINT, also when it is still starting, and ends the process with 0
 * when that went well. Works as a shutdown hook: the signal makes the JVM run it, and it decides the exit code.
 */
final class StopOnSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopOnSignal.class);
    /** Stopping takes seconds; a start that has to be waited for, a few more. */
    private static final long LIMIT_SECONDS = 30;

    private final Consumer<String> notices;
    /** Empty when there is nothing to stop. */
    private final CompletableFuture<Optional<RunningServer>> server = new CompletableFuture<>();

    private StopOnSignal(Consumer<String> notices) {
        this.notices = notices;
    }

    static StopOnSignal install(Runtime runtime, Consumer<String> notices) {
        StopOnSignal stop = new StopOnSignal(notices);
        runtime.addShutdownHook(new Thread(() -> stop.onShutdown(runtime), "stop"));
        return stop;
    }

    /** The start failed, or somebody else stops the server. */
    void nothingToStop() {
        server.complete(Optional.empty());
    }

    /**
     * A disk has failed, perhaps while the server was still starting: ends the process with 1, as if it were killed. Stopping
     * in good order would rely on the disk. Any thread.
     */
    static void endAtOnce(String failure) {
        LOG.error("{} The process ends at once, as if it were killed.", failure);
        Runtime.getRuntime().halt(1);
    }

    /** Keeps the calling thread until the process ends. */
    int runUntilStopped(RunningServer running) {
        server.complete(Optional.of(running));
        return new CompletableFuture<Integer>().join();
    }

    private void onShutdown(Runtime runtime) {
        try {
            Optional<RunningServer> running = server.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (running.isPresent()) {
                notices.accept("Stopping ...");
                stopInTime(running.get());
                notices.accept("Stopped.");
                runtime.halt(0);
            }
        } catch (TimeoutException e) {
            notices.accept("Not stopped within " + LIMIT_SECONDS + " s; giving up. Nothing acknowledged is lost.");
            runtime.halt(1);
        } catch (ExecutionException e) {
            notices.accept("Not stopped cleanly: " + reasonOf(e));
            runtime.halt(1);
        } catch (InterruptedException e) {
            runtime.halt(1);
        }
    }

    private static String reasonOf(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null ? e.toString() : cause.getMessage();
    }

    private static void stopInTime(RunningServer running)
            throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        running.close();
                        stopped.complete(null);
                    } catch (RuntimeException | Error e) {
                        stopped.completeExceptionally(e);
                    }
                },
                "close");
        thread.setDaemon(true);
        thread.start();
        stopped.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
