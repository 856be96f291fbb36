package isthmus.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoreChange.FeedMoved;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final List<List<StoreChange>> batches = Collections.synchronizedList(new ArrayList<>());
    private Consumer<List<StoreChange>> disk = batches::add;
    private final GroupCommit commits = new GroupCommit(changes -> disk.accept(changes));

    @AfterEach
    void close() {
        commits.close();
    }

    @Test
    void whatGathersDuringAWriteIsWrittenTogetherAndCompletesInOrder() {
        CountDownLatch slow = new CountDownLatch(1);
        disk = changes -> {
            await(slow);
            batches.add(changes);
        };
        commits.start();
        List<Integer> completed = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            all.add(write(i).thenRun(() -> completed.add(number)));
        }
        slow.countDown();
        all.forEach(CompletableFuture::join);

        assertThat(completed).isSorted().hasSize(100);
        assertThat(batches.stream().flatMap(List::stream).map(c -> ((FeedMoved) c).next()))
                .isSorted()
                .hasSize(100);
        assertThat(batches).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void whatNobodyWaitsForIsWrittenWithinMilliseconds() {
        commits.start();
        commits.writeSoon(List.of(new FeedMoved(1)));
        Awaitility.await().untilAsserted(() -> assertThat(batches).containsExactly(List.of(new FeedMoved(1))));
    }

    @Test
    void whatNobodyWaitsForIsWrittenWithWhatSomebodyWaitsForBehindIt() {
        commits.writeSoon(List.of(new FeedMoved(1)));
        commits.start();
        write(2).join();
        assertThat(batches.stream().flatMap(List::stream)).containsExactly(new FeedMoved(1), new FeedMoved(2));
    }

    @Test
    void closingWritesWhatNobodyWaitsForToo() {
        commits.start();
        commits.writeSoon(List.of(new FeedMoved(1)));
        commits.close();
        assertThat(batches).containsExactly(List.of(new FeedMoved(1)));
    }

    @Test
    void stagesCompleteOnTheThreadOfTheStore() {
        CompletableFuture<String> thread =
                write(1).thenApply(done -> Thread.currentThread().getName());
        commits.start();
        assertThat(thread.join()).isEqualTo("isthmus-store");
    }

    @Test
    void aFailedWriteFailsItsStagesAndTheNextOneSucceeds() {
        AtomicInteger attempts = new AtomicInteger();
        disk = changes -> {
            if (attempts.incrementAndGet() == 1) {
                throw new StoreFailure("The disk is full");
            }
        };
        CompletableFuture<Void> first = write(1);
        CompletableFuture<Void> second = write(2);
        commits.start();

        assertThatThrownBy(first::join).hasRootCauseInstanceOf(StoreFailure.class);
        assertThatThrownBy(second::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .hasMessage("The disk is full");
        write(3).join();
    }

    @Test
    void aBugFailsTheStageAndNotTheThread() {
        disk = changes -> {
            if (changes.contains(new FeedMoved(1))) {
                throw new IllegalStateException("bug");
            }
        };
        CompletableFuture<Void> first = write(1);
        commits.start();

        assertThatThrownBy(first::join).cause().isInstanceOf(StoreFailure.class).hasMessageContaining("bug");
        write(2).join();
    }

    @Test
    void aRequestThatCannotBeStoredDoesNotHarmThoseBesideIt() {
        disk = changes -> {
            if (changes.contains(new FeedMoved(2))) {
                throw new IllegalArgumentException("this is not a number");
            }
            batches.add(changes);
        };
        CompletableFuture<Void> first = write(1);
        CompletableFuture<Void> second = write(2);
        CompletableFuture<Void> third = write(3);
        commits.start();

        third.join();
        assertThat(first).isCompleted();
        assertThatThrownBy(second::join)
                .cause()
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("not a number");
        assertThat(batches).containsExactly(List.of(new FeedMoved(1)), List.of(new FeedMoved(3)));
    }

    @Test
    void closingWritesWhatWaitsAndNoStageIsForgotten() throws Exception {
        commits.start();
        List<CompletableFuture<Void>> stages = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        CountDownLatch running = new CountDownLatch(4);
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    stages.add(write(i));
                    if (i == 1000) {
                        running.countDown();
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        running.await();
        commits.close();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(stages).hasSize(80_000).allMatch(CompletableFuture::isDone);
        long written = batches.stream().mapToLong(List::size).sum();
        assertThat(stages.stream()
                        .filter(stage -> !stage.isCompletedExceptionally())
                        .count())
                .isEqualTo(written);
        assertThat(written).isGreaterThanOrEqualTo(4 * 1000);
        assertThat(write(1)).isCompletedExceptionally();
    }

    private CompletableFuture<Void> write(long number) {
        return commits.write(List.of(new FeedMoved(number))).toCompletableFuture();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
