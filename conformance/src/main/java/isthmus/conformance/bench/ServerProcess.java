package isthmus.conformance.bench;

import isthmus.conformance.bench.load.SignOn;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running server. Closing stops it. */
final class ServerProcess implements MeasuredServer {
    private static final String READY = "Isthmus is ready.";
    private static final Pattern NAME_SERVER = Pattern.compile("RocketMQ name server\\s+(\\S+)");
    private static final Pattern MQTT = Pattern.compile("tcp://([^:\\s]+):(\\d+)");
    private static final Duration START_AT_MOST = Duration.ofSeconds(60);
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(60);

    private final Process process;
    private final long began;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Duration> ready = new CompletableFuture<>();
    private final CompletableFuture<InetSocketAddress> mqtt = new CompletableFuture<>();
    private final CompletableFuture<String> nameServer = new CompletableFuture<>();
    /** No server outlives the benchmark, however that ends. */
    private final Thread stopAtExit;

    private ServerProcess(Process process, long began) {
        this.process = process;
        this.began = began;
        this.stopAtExit = new Thread(process::destroy, "stop-server");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        Thread reader = new Thread(this::read, "server-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it and waits until it is ready. */
    static ServerProcess start(List<String> command) {
        ServerProcess server;
        try {
            long began = System.nanoTime();
            server = new ServerProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start(), began);
        } catch (IOException e) {
            throw new BenchFailure("the server cannot be started: " + e.getMessage(), e);
        }
        try {
            server.mqtt();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                onLine(line);
            }
        } catch (IOException e) {
            output.add("(the output ended: " + e.getMessage() + ")");
        }
        BenchFailure ended = new BenchFailure("the server ended before it was ready:\n" + output());
        ready.completeExceptionally(ended);
        mqtt.completeExceptionally(ended);
        nameServer.completeExceptionally(ended);
    }

    private void onLine(String line) {
        output.add(line);
        if (line.equals(READY)) {
            ready.complete(Duration.ofNanos(System.nanoTime() - began));
        }
        Matcher address = MQTT.matcher(line);
        if (ready.isDone() && address.find()) {
            mqtt.complete(new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2))));
        }
        Matcher queue = NAME_SERVER.matcher(line);
        if (queue.find()) {
            nameServer.complete(queue.group(1));
        }
    }

    /** From the start of the process to the line that says that it is ready. */
    Duration timeToReady() {
        return await(ready);
    }

    @Override
    public InetSocketAddress mqtt() {
        return await(mqtt);
    }

    @Override
    public SignOn signOn() {
        return Launcher.SIGN_ON;
    }

    /** Of RocketMQ, as {@code host:port}. */
    String nameServer() {
        return await(nameServer);
    }

    ProcessUsage usage() {
        return ProcessUsage.of(process.pid());
    }

    @Override
    public Duration cpu() {
        return ProcessUsage.cpu(process.pid());
    }

    @Override
    public long residentBytes() {
        return usage().residentBytes();
    }

    /** Stops it with SIGTERM and says how long that took. */
    Duration stop() {
        long asked = System.nanoTime();
        process.destroy();
        try {
            if (!process.waitFor(STOP_AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new BenchFailure("the server did not stop in " + STOP_AT_MOST + ":\n" + output());
            }
            return Duration.ofNanos(System.nanoTime() - asked);
        } catch (InterruptedException e) {
            throw new BenchFailure("interrupted", e);
        }
    }

    /** Ends it as a crash does, with SIGKILL. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new BenchFailure("interrupted", e);
        }
    }

    /** The first line of its output in which the pattern is found, after it got ready; or nothing. */
    Optional<Matcher> find(Pattern pattern) {
        mqtt();
        return output.stream().map(pattern::matcher).filter(Matcher::find).findFirst();
    }

    @Override
    public OptionalLong heapAfterCollection() {
        HeapQuestion.run(process.pid(), "GC.run");
        return OptionalLong.of(HeapQuestion.usedBytes(HeapQuestion.run(process.pid(), "GC.heap_info")));
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
    }

    private String output() {
        return String.join("\n", output);
    }

    private <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(START_AT_MOST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new BenchFailure("the server was not ready in " + START_AT_MOST + ":\n" + output(), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BenchFailure failure
                    ? failure
                    : new BenchFailure("the server's output is lost", e);
        } catch (InterruptedException e) {
            throw new BenchFailure("interrupted", e);
        }
    }
}
