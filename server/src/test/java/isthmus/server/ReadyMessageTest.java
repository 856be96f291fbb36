package isthmus.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadyMessageTest {
    @Test
    void itHasOneThingALineInTwoColumns() {
        ReadyMessage message =
                new ReadyMessage("Ready.").line("MQTT", "tcp://0.0.0.0:1883").line("Data", "/data");

        assertThat(message.line("Web page", "http://127.0.0.1:8080/").toString())
                .isEqualToNormalizingNewlines(
                        """
                        Ready.
                          MQTT      tcp://0.0.0.0:1883
                          Data      /data
                          Web page  http://127.0.0.1:8080/""");
    }
}
