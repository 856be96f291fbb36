package isthmus.queue.embedded;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A program: starts the embedded RocketMQ in a process of its own, idles, stops, and prints what that cost. Run by
 * {@link FootprintTest}; by hand with an idle time to measure: {@code ColdStart DIRECTORY IDLE_SECONDS}.
 */
final class ColdStart {
    private ColdStart() {}

    public static void main(String[] arguments) throws Exception {
        long begun = ManagementFactory.getRuntimeMXBean().getStartTime();
        EmbeddedRocketMq queue = EmbeddedRocketMq.start(
                EmbeddedSettings.in(Path.of(arguments[0])).withPorts(0, 0));
        queue.createTopic("Telemetry");
        System.out.println("READY_MILLIS=" + (System.currentTimeMillis() - begun));
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.println("READY_CPU_MILLIS=" + system.getProcessCpuTime() / 1_000_000);
        idle(Duration.ofSeconds(Integer.parseInt(arguments[1])));
        long closing = System.nanoTime();
        queue.close();
        System.out.println(
                "CLOSE_MILLIS=" + Duration.ofNanos(System.nanoTime() - closing).toMillis());
        System.exit(0);
    }

    private static void idle(Duration time) throws Exception {
        if (time.isZero()) {
            return;
        }
        Thread.sleep(5_000);
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<Long, Long> before = cpuByThread();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        Thread.sleep(time.toMillis());
        double share = (system.getProcessCpuTime() - cpu) * 100.0 / (System.nanoTime() - begun);
        System.out.printf("IDLE_CPU_PERCENT=%.1f%n", share);
        printBusiest(before, System.nanoTime() - begun);
        Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS") || line.startsWith("Rss") || line.startsWith("Threads"))
                .forEach(System.out::println);
    }

    private static Map<Long, Long> cpuByThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Long, Long> cpu = new HashMap<>();
        for (long id : threads.getAllThreadIds()) {
            cpu.put(id, threads.getThreadCpuTime(id));
        }
        return cpu;
    }

    private static void printBusiest(Map<Long, Long> before, long nanos) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Long, Long> used = cpuByThread();
        used.replaceAll((id, cpu) -> cpu - before.getOrDefault(id, 0L));
        used.entrySet().stream()
                .sorted(Map.Entry.<Long, Long>comparingByValue().reversed())
                .limit(20)
                .filter(entry -> threads.getThreadInfo(entry.getKey()) != null)
                .forEach(entry -> System.out.printf(
                        "  %.2f %% %s%n",
                        entry.getValue() * 100.0 / nanos,
                        threads.getThreadInfo(entry.getKey()).getThreadName()));
    }
}
