package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskRoomTest {
    private static final long MEGABYTE = 1 << 20;
    private static final long TENTH = 100_000_001;

    private final AtomicLong usable = new AtomicLong(DiskRoom.RESERVE_BYTES + 20 * MEGABYTE);
    private final AtomicLong now = new AtomicLong();
    private final DiskRoom room = new DiskRoom(usable::get, now::get, "data");

    @Test
    void theLastMegabytesStayFree() {
        int taken = 0;
        while (room.has((int) MEGABYTE)) {
            taken++;
            usable.addAndGet(-MEGABYTE);
        }
        assertThat(taken).isBetween(18, 20);
        assertThat(room.has((int) MEGABYTE)).isFalse();
    }

    @Test
    void messagesAreTakenAgainWhenThereIsRoomAgain() {
        usable.set(DiskRoom.RESERVE_BYTES);
        now.addAndGet(TENTH);
        assertThat(room.has(1)).isFalse();
        usable.addAndGet(MEGABYTE);
        assertThat(room.has(1)).isTrue();
    }

    @Test
    void whatOthersWriteIsNoticed() {
        assertThat(room.has(1)).isTrue();
        usable.set(0);
        now.addAndGet(TENTH);
        assertThat(room.has(1)).isFalse();
    }

    @Test
    void aMessageThatIsLargerThanWhatIsLeftIsRefusedAndASmallerOneTaken() {
        usable.set(DiskRoom.RESERVE_BYTES + MEGABYTE);
        now.addAndGet(TENTH);
        assertThat(room.has((int) (2 * MEGABYTE))).isFalse();
        assertThat(room.has(10)).isTrue();
    }

    @Test
    void theIndexesHaveWhatStaysFreeUntilOthersEatOfIt() {
        usable.set(DiskRoom.RESERVE_BYTES / 2);
        assertThat(room.hasForIndexes()).isTrue();
        usable.set(7 * MEGABYTE);
        assertThat(room.hasForIndexes()).isFalse();
        usable.set(DiskRoom.RESERVE_BYTES);
        assertThat(room.hasForIndexes()).isTrue();
    }
}
