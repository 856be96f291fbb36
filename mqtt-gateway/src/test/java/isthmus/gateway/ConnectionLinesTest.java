package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.connectPacket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.session.DisconnectReason;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** MQTT 3.1.1 tells a Client little: whoever looks into the log finds the reason, without asking for more detail. */
class ConnectionLinesTest extends WithGateway {
    private final Logger logger = (Logger) LoggerFactory.getLogger("isthmus.connections");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
                lines.add(event.getFormattedMessage().replaceAll("127.0.0.1:\\d+", "here"));
            }
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
    }

    @Test
    void aRefusedSubscriptionIsALineWithItsReason() {
        try (TestClient client = gateway.client()) {
            client.connect(A, true, connect -> connect.username("READER"));
            assertThat(client.subscribe(1, "T/#", "nowhere/x", "U/+", "$share/g/T"))
                    .containsExactly(1, 0x80, 0x80, 0x80);
            assertThat(lines)
                    .containsExactly(
                            A
                                    + " from here may not subscribe to nowhere/x; parent topic \"nowhere\" does not exist: add it"
                                    + " under resources.topics, or with isthmus ctl topics create",
                            A + " from here may not subscribe to U/+; account READER has no permission",
                            A
                                    + " from here may not subscribe to $share/g/T; \"$share\" cannot be used: topics that begin with $"
                                    + " are the server's own");
        }
    }

    @Test
    void aStrangerThatSpeaksSomethingElseIsALineWithWhatItSpoke() {
        try (TestClient tls = gateway.client();
                TestClient text = gateway.client()) {
            tls.sendBytes(HexFormat.of().parseHex("16030100050100000100"));
            tls.expectClosed();
            text.sendBytes("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            await().untilAsserted(() -> assertThat(lines)
                    .containsExactly(
                            "no client id yet from here was not let in; the client broke the protocol: this looks like"
                                    + " TLS; this port speaks MQTT without TLS [MQTT-3.1.0-1]",
                            "no client id yet from here was not let in; the client broke the protocol: this looks like"
                                    + " HTTP; this port speaks MQTT [MQTT-3.1.0-1]"));
        }
    }

    @Test
    void whoJustLooksInIsNoLine() {
        gateway.client().close();
        await().until(() -> gateway.gateway().counters().disconnects(DisconnectReason.CONNECTION_LOST) == 1);
        connected(A, true).disconnect();
        await().untilAsserted(() ->
                assertThat(lines).containsExactly(A + " from here was connected for 0 s; the client sent DISCONNECT"));
    }

    @Test
    void aCrowdOfStrangersIsAFewLines() {
        for (int i = 0; i < 50; i++) {
            try (TestClient stranger = gateway.client()) {
                stranger.send(connectPacket("no-group", true).build());
                stranger.expectClosed();
            }
        }
        assertThat(lines)
                .hasSize(20)
                .containsOnly("no-group from here was not let in; CONNECT was refused: the client id has not the form"
                        + " GroupID@@@DeviceID");
    }
}
