package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.connectPacket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import isthmus.gateway.harness.FakeLog;
import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.TestDirectory;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.session.DisconnectReason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
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
                lines.add(event.getFormattedMessage()
                        .replaceAll("127.0.0.1:\\d+", "here")
                        .replaceAll("for \\d+ s", "for a while"));
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
    void aRefusedSubscribeIsALineWithItsReasons() {
        try (TestClient client = gateway.client()) {
            client.connect(A, true, connect -> connect.username("READER"));
            assertThat(client.subscribe(1, "T/#", "nowhere/x", "U/+", "$share/g/T"))
                    .containsExactly(1, 0x80, 0x80, 0x80);
            assertThat(lines)
                    .containsExactly(A + " from here may not subscribe to nowhere/x; parent topic \"nowhere\" does not"
                            + " exist: add it under resources.topics, or with isthmus ctl topics create; nor to U/+;"
                            + " account READER has no permission; nor to $share/g/T; \"$share\" cannot be used: topics"
                            + " that begin with $ are the server's own");
        }
    }

    @Test
    void ofManyAndLongTopicFiltersTheBeginningIsNamed() {
        try (TestClient client = gateway.client()) {
            client.connect(A, true, connect -> connect.username("READER"));
            client.subscribe(1, "U/" + "x".repeat(200), "U/2", "U/3", "U/4", "U/5", "U/6", "U/7");
            client.subscribe(2, "n".repeat(200));
            String no = "; account READER has no permission; nor to ";
            assertThat(lines)
                    .containsExactly(
                            A + " from here may not subscribe to U/" + "x".repeat(62) + "…" + no + "U/2" + no + "U/3"
                                    + no + "U/4" + no + "U/5" + no + "2 more",
                            A + " from here may not subscribe to " + "n".repeat(64) + "…; parent topic \""
                                    + "n".repeat(64) + "…\" does not exist: add it under resources.topics, or with"
                                    + " isthmus ctl topics create");
        }
    }

    @Test
    void whoseAccountIsGoneIsToldSoWhateverItSubscribesTo() {
        TestDirectory resources = new TestDirectory();
        gateway.close();
        gateway = new GatewayFixture(directory, new FakeLog(), resources, Clock.systemUTC());
        try (TestClient client = connected(A, true)) {
            resources.removeAccount("AK");
            assertThat(client.subscribe(1, "#")).containsExactly(0x80);
            assertThat(lines).containsExactly(A + " from here may not subscribe to #; account AK has no permission");
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
                    .containsExactlyInAnyOrder(
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
        await().untilAsserted(() -> assertThat(lines)
                .containsExactly(A + " from here was connected for a while; the client sent DISCONNECT"));
    }

    @Test
    void aCrowdOfRefusedClientsIsAFewLinesAndHidesNoStranger() {
        for (int i = 0; i < 25; i++) {
            try (TestClient stranger = gateway.client()) {
                stranger.send(connectPacket("no-group", true).build());
                stranger.expectClosed();
            }
        }
        await().until(() -> gateway.gateway().counters().disconnects(DisconnectReason.REFUSED) == 25);
        await().untilAsserted(() -> assertThat(lines)
                .hasSize(20)
                .containsOnly("no-group from here was not let in; CONNECT was refused: the client id has not the form"
                        + " GroupID@@@DeviceID"));
        try (TestClient stranger = gateway.client()) {
            stranger.sendBytes(HexFormat.of().parseHex("16030100050100000100"));
            await().until(() -> lines.size() == 21);
            assertThat(lines.get(20)).contains("this looks like TLS");
        }
    }
}
