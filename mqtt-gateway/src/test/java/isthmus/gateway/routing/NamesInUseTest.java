package isthmus.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesInUseTest {
    private final NamesInUse names = new NamesInUse();

    @Test
    void aNameThatIsInUseNeedsNoFurtherRoom() {
        names.add("T/a");
        names.add("T/a");
        assertThat(names.size()).isEqualTo(1);
        assertThat(names.hasRoom("T/a", 1)).isTrue();
        assertThat(names.hasRoom("T/b", 1)).isFalse();
        assertThat(names.hasRoom("T/b", 2)).isTrue();
        names.remove("T/a");
        assertThat(names.hasRoom("T/b", 1)).isTrue();
    }

    /** Names that anybody can make, of which Java says that they have the same hash. */
    @Test
    void namesThatAreMadeToBeTakenForOneAnotherAreNot() {
        names.add("T/AaAa");
        assertThat("T/BBAa").hasSameHashCodeAs("T/AaAa");
        assertThat(names.hasRoom("T/BBAa", 1)).isFalse();
        names.add("T/BBAa");
        assertThat(names.size()).isEqualTo(2);
        names.remove("T/AaAa");
        assertThat(names.hasRoom("T/BBAa", 1)).isTrue();
    }
}
