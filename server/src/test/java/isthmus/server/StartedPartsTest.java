package isthmus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedPartsTest {
    private final List<String> stopped = new ArrayList<>();
    private final StartedParts parts = new StartedParts();

    @Test
    void theLastStartedStopsFirst() {
        add("log");
        add("gateway");
        add("listener");

        parts.close();

        assertThat(stopped).containsExactly("listener", "gateway", "log");
    }

    @Test
    void aPartThatDoesNotStopIsNamedAndKeepsNoOtherFromStopping() {
        add("log");
        parts.add("gateway", () -> {
            throw new IllegalStateException("stuck");
        });
        add("listener");

        assertThatThrownBy(parts::close)
                .hasMessage("gateway did not stop cleanly")
                .hasRootCauseMessage("stuck");
        assertThat(stopped).containsExactly("listener", "log");
    }

    @Test
    void stoppingTwiceIsStoppingOnce() {
        add("log");

        parts.close();
        parts.close();

        assertThat(stopped).containsExactly("log");
    }

    private void add(String name) {
        parts.add(name, () -> stopped.add(name));
    }
}
