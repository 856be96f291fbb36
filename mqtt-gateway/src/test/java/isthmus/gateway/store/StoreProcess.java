package isthmus.gateway.store;

import isthmus.gateway.spi.StoreChange.CursorMoved;
import isthmus.gateway.spi.StoreChange.FeedMoved;
import isthmus.gateway.spi.StoreChange.Indexed;
import isthmus.gateway.spi.StoreChange.ReceivedAdded;
import isthmus.gateway.spi.StoreChange.SessionOpened;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/** Another process with a store, writing until it is killed. */
final class StoreProcess {
    private StoreProcess() {}

    static Process start(Path directory) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return new ProcessBuilder(
                        java,
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        directory.toString())
                .redirectError(Redirect.INHERIT)
                .start();
    }

    /** Prints {@code open}, then {@code w <number>} and {@code n <number>} when changes of that number are stored. */
    public static void main(String[] args) {
        RocksSessionStore store = RocksSessionStore.open(Path.of(args[0]), false);
        PrintStream out = System.out;
        out.println("open");
        store.writeNow(List.of(new SessionOpened("c", 1, -1)));
        Thread feed = new Thread(() -> {
            for (long i = 0; ; i++) {
                store.writeNow(List.of(new Indexed(1, i), new Indexed(2, i), new FeedMoved(i + 1)));
                out.println("n " + i);
            }
        });
        feed.setDaemon(true);
        feed.start();
        for (int i = 0; ; i++) {
            int number = i;
            var done = store.write(List.of(new CursorMoved("c", i), new ReceivedAdded("c", i % 65_535 + 1, i)))
                    .thenRun(() -> out.println("w " + number));
            if (i % 64 == 0) {
                done.toCompletableFuture().join();
            }
        }
    }
}
