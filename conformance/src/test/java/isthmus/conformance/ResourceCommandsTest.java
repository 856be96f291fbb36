package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.Management.Printed;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Topics, groups, policies, accounts and credentials by {@code isthmus ctl}, until a device uses them. */
@ExtendWith(SharedServer.class)
class ResourceCommandsTest {
    private static final String CLIENT = "GID_ByCtl@@@one";

    @TempDir
    Path directory;

    private final TestServer server;
    private final Management management;

    ResourceCommandsTest(TestServer server) {
        this.server = server;
        this.management = new Management(server);
    }

    @Test
    void aDeviceUsesWhatCommandsHaveMade() throws Exception {
        management.ctlJson("topics", "create", "--name", "ByCtl", "--type", "timed", "--remark", "made by hand");
        management.ctlJson("groups", "create", "--name", "GID_ByCtl");
        Path policy = Files.writeString(
                directory.resolve("policy.json"),
                """
                {"name": "ByCtl", "document": {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "mq:*", "Resource": "acs:mq:*:*:ByCtl/${deviceId}/#"}]}}""");
        management.ctlJson("policies", "create", "--body", policy.toString());
        management.ctlJson("accounts", "create", "--name", "by-ctl", "--main", "full", "--groups", "GID_ByCtl");
        management.ctlJson("accounts", "policies", "attach", "by-ctl", "ByCtl");
        JsonNode credential =
                management.ctlJson("device-credentials", "register", "--account", "by-ctl", "--client-id", CLIENT);

        String password =
                TestServer.password(CLIENT, credential.get("secretKey").asText());
        try (PahoDevice device = PahoDevice.connect(server, server.tcp(), CLIENT, options -> {
            options.setUserName("DeviceCredential|" + credential.get("id").asText() + "|x");
            options.setPassword(password.toCharArray());
        })) {
            device.subscribe("ByCtl/one/#", 1);
            device.publish("ByCtl/one/x", "x", 1);
            assertThat(device.next().payload()).isEqualTo("x");
            management.ctlJson("topics", "change", "ByCtl", "--permission", "read_only");
            assertThat(device.awaitLost()).isTrue();
        }
        Printed list = management.ctl("topics", "list", "--prefix", "ByC");
        assertThat(list.exitCode()).isZero();
        assertThat(list.output()).contains("ByCtl", "timed", "read_only", "made by hand");
        assertThat(management.ctl("accounts", "show", "by-ctl").output())
                .contains("ByCtl", "GID_ByCtl", "full")
                .doesNotContainIgnoringCase("secret");
    }

    @Test
    void aTokenIsIssuedListedAndRevokedByCommand() {
        JsonNode token = management.ctlJson(
                "mqtt-tokens",
                "issue",
                "--account",
                "full",
                "--resources",
                "Open",
                "--actions",
                "R",
                "--actions",
                "W",
                "--expires",
                Instant.now().plusSeconds(600).toString());
        String id = token.get("id").asText();
        assertThat(management.ctl("mqtt-tokens", "revoke", id).exitCode()).isZero();
        assertThat(management
                        .ctl("mqtt-tokens", "list", "--account", "full", "--all")
                        .output())
                .contains(id)
                .doesNotContain(token.get("token").asText());
    }

    @Test
    void whatIsWrongIsSaidWithTheOptionNamed() {
        Printed refused = management.ctl("topics", "create", "--name", "a/b");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("name").contains("expected: 2 to 64 characters out of A-Z a-z 0-9 _ -");
        assertThat(management.ctl("topics", "show", "Nothing").output()).contains("topic Nothing does not exist");
    }
}
