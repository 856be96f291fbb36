package isthmus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.server.config.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FallbackPortTest {
    private static final Port DEFAULT = new Port(80, false);

    private final List<Integer> asked = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    @Test
    void aPortThatCanBeHadIsTaken() {
        assertThat(open(DEFAULT, Set.of())).isEqualTo("listener on 80");
        assertThat(notices).isEmpty();
    }

    @Test
    void aDefaultThatCannotBeHadIsReplacedAndThatIsSaid() {
        assertThat(open(DEFAULT, Set.of(80))).isEqualTo("listener on 8083");
        assertThat(notices).containsExactly("port 80 cannot be had, so it is 8083 (choose with mqtt.ws.port)");
    }

    @Test
    void aChosenPortIsNeverReplaced() {
        assertThatThrownBy(() -> open(Port.chosen(80), Set.of(80))).hasMessage("port 80 refused");
        assertThat(asked).containsExactly(80);
    }

    @Test
    void whenNeitherCanBeHadTheFailureIsAboutTheFirst() {
        assertThatThrownBy(() -> open(DEFAULT, Set.of(80, 8083))).hasMessage("port 80 refused");
        assertThat(asked).containsExactly(80, 8083);
    }

    @Test
    void anotherFailureIsPassedOn() {
        assertThatThrownBy(() -> new FallbackPort("mqtt.ws.port", DEFAULT, 8083)
                        .open(StartFailure.class, notices::add, port -> {
                            throw new IllegalStateException("no such address");
                        }))
                .isInstanceOf(IllegalStateException.class);
    }

    private String open(Port port, Set<Integer> refused) {
        return new FallbackPort("mqtt.ws.port", port, 8083).open(StartFailure.class, notices::add, number -> {
            asked.add(number);
            if (refused.contains(number)) {
                throw new StartFailure("port " + number + " refused");
            }
            return "listener on " + number;
        });
    }
}
