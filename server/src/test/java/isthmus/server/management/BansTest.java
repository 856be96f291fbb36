package isthmus.server.management;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.server.operations.ClientOperations.Ban;
import isthmus.server.resources.RecordsInMemory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BansTest {
    private final RecordsInMemory store = new RecordsInMemory();

    @Test
    void aBanIsKeptOverARestartUntilItIsRemoved() {
        Ban ban = new Ban("GID_A@@@1", "it floods", Instant.parse("2026-01-01T12:00:00Z"), "file");
        Bans.open(store).add(ban);
        Bans again = Bans.open(store);
        assertThat(again.clientIds()).containsExactly("GID_A@@@1");
        assertThat(again.list("", 10)).containsExactly(ban);
        assertThat(again.remove("GID_A@@@1")).isTrue();
        assertThat(again.remove("GID_A@@@1")).isFalse();
        assertThat(Bans.open(store).clientIds()).isEmpty();
    }
}
