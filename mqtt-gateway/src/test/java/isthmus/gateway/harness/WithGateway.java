package isthmus.gateway.harness;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a gateway of its own. Two clients have a name. */
public abstract class WithGateway {
    protected static final String A = "GID_Test@@@a";
    protected static final String B = "GID_Test@@@b";

    @TempDir
    protected Path directory;

    protected GatewayFixture gateway;

    @BeforeEach
    final void start() {
        gateway = new GatewayFixture(directory);
    }

    @AfterEach
    final void stop() {
        gateway.close();
    }

    protected TestClient connected(String clientId, boolean clean) {
        TestClient client = gateway.client();
        client.connect(clientId, clean);
        return client;
    }
}
