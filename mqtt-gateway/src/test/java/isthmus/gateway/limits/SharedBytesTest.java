package isthmus.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedBytesTest {
    private final SharedBytes memory = new SharedBytes(100);
    private final List<String> turnedAway = new ArrayList<>();

    private SharedBytes.Share share(String name) {
        return memory.share(() -> turnedAway.add(name));
    }

    @Test
    void whoHasHeldItsShareTheLongestGoesFirst() {
        SharedBytes.Share first = share("first");
        SharedBytes.Share second = share("second");
        first.hold(40);
        second.hold(40);
        first.hold(50);
        assertThat(turnedAway).isEmpty();
        share("third").hold(30);
        assertThat(turnedAway).containsExactly("first");
        assertThat(memory.total()).isEqualTo(70);
        first.hold(1000);
        assertThat(memory.total()).as("who is gone no longer counts").isEqualTo(70);
    }

    @Test
    void whoMovesOnIsYoungAgain() {
        SharedBytes.Share first = share("first");
        first.hold(40);
        share("second").hold(40);
        first.movedOn();
        share("third").hold(40);
        assertThat(turnedAway).containsExactly("second");
    }

    @Test
    void whoGivesBackIsNotInTheWay() {
        SharedBytes.Share first = share("first");
        first.hold(90);
        first.hold(0);
        share("second").hold(90);
        share("third").hold(0);
        assertThat(turnedAway).isEmpty();
        assertThat(memory.total()).isEqualTo(90);
    }

    @Test
    void whoWantsMoreThanThereIsGoesItself() {
        share("greedy").hold(101);
        assertThat(turnedAway).containsExactly("greedy");
        assertThat(memory.total()).isZero();
    }

    @Test
    void theAccountIsRightWhenManyShareIt() throws Exception {
        SharedBytes shared = new SharedBytes(1000);
        AtomicInteger gone = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch done = new CountDownLatch(4);
        for (int t = 0; t < 4; t++) {
            threads.execute(() -> {
                for (int i = 0; i < 20_000; i++) {
                    SharedBytes.Share share = shared.share(gone::incrementAndGet);
                    share.hold(100 + i % 300);
                    share.movedOn();
                    share.hold(i % 7);
                    share.hold(0);
                }
                done.countDown();
            });
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        threads.shutdown();
        assertThat(shared.total()).isZero();
    }
}
