package isthmus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordTest {
    @Test
    void thePasswordIsTheSignedGroupId() throws Exception {
        assertThat(Password.of("GID_AAA", "DEMO_SK")).isEqualTo("/c/QThLwShTePSefjn1D04QRfvg=");
    }
}
