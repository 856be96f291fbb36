package isthmus.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.PahoDevice;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with connected clients is killed: at its next start it makes up for their Wills and events. */
class CutConnectionsTest {
    private static final String PREFIX = Device.GROUP + "@@@";
    private static final String WILLS = Traffic.PARENT + "/will/";

    @TempDir
    Path directory;

    private final List<PahoDevice> devices = new ArrayList<>();
    private ServerUnderTest server;

    @AfterEach
    void close() throws MqttException {
        for (PahoDevice device : devices) {
            device.client().close(true);
        }
        server.close();
    }

    @Test
    void everyConnectionHasItsBeginningAndItsEndAndEveryWillComesAlthoughTheServerIsKilled() throws Exception {
        server = new ServerUnderTest(directory, Files.createDirectory(directory.resolve("data")), new Random());
        server.start();
        connect("clean-1", true);
        connect("clean-2", true);
        connect("stored-1", false);
        connect("stored-2", false);
        connect("polite", true).close();
        PahoDevice taken = connect("taken", false);
        connect("taken", false);
        assertThat(taken.awaitLost()).isTrue();
        server.kill();
        server.start();

        assertThat(willsOf("clean-1", "clean-2", "stored-1", "stored-2", "taken"))
                .as("of the connection that was taken over, too")
                .hasSize(6);
        connect("stored-1", false);
        server.kill();
        server.begin(); // killed before it can do anything, or while it starts, or just after
        server.kill();
        server.start();

        assertThat(willsOf("clean-1", "clean-2", "stored-1", "stored-2", "taken"))
                .as("the last one of stored-1, too, and nothing again but what a second kill interrupted")
                .hasSizeBetween(7, 8);
        Verdict verdict = new Verdict("cut connections");
        List<ClientEvent> events = LogReader.readEvents(server.nameServer(), Device.GROUP);
        new EventCheck(events, verdict)
                .run(Map.of(
                        PREFIX + "clean-1", 1,
                        PREFIX + "clean-2", 1,
                        PREFIX + "stored-1", 2,
                        PREFIX + "stored-2", 1,
                        PREFIX + "polite", 1,
                        PREFIX + "taken", 2));
        assertThat(verdict.isPass()).as(verdict.toString()).isTrue();
        assertThat(events.stream().filter(event -> event.type().equals("disconnect")))
                .extracting(ClientEvent::clientId)
                .contains(PREFIX + "polite")
                .doesNotContain(PREFIX + "clean-1", PREFIX + "stored-1", PREFIX + "taken");
        server.stop();
    }

    /** All Wills in the log; those of the devices are retained messages, too, and there are no others. */
    private List<LogEntry> willsOf(String... names) throws Exception {
        PahoDevice watcher = paho("watcher", true, false);
        watcher.subscribe(WILLS + "#", 1);
        TreeSet<String> seen = new TreeSet<>();
        for (int i = 0; i < names.length; i++) {
            PahoDevice.Received will = watcher.next();
            assertThat(will.retained()).isTrue();
            assertThat(will.payload()).isEqualTo("offline");
            seen.add(will.topic().substring(WILLS.length()));
        }
        assertThat(seen).containsExactly(names);
        watcher.close();
        EventCheck.awaitComplete(() -> LogReader.readEvents(server.nameServer(), Device.GROUP));
        return LogReader.read(server.nameServer());
    }

    private PahoDevice connect(String name, boolean clean) throws MqttException {
        return paho(name, clean, true);
    }

    private PahoDevice paho(String name, boolean clean, boolean will) throws MqttException {
        URI address = URI.create("tcp://127.0.0.1:" + server.mqttPort());
        PahoDevice device = PahoDevice.connect(address, PREFIX + name, options -> {
            options.setCleanSession(clean);
            if (will) {
                options.setWill(WILLS + name, "offline".getBytes(StandardCharsets.UTF_8), 1, true);
            }
        });
        devices.add(device);
        return device;
    }
}
