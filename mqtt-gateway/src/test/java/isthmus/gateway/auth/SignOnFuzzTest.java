package isthmus.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import isthmus.gateway.codec.ConnectReturnCode;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.harness.TestDirectory;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a CONNECT claims to be gets an answer, and is let in only with the right signature of the right group. */
class SignOnFuzzTest {
    private static final String SECRET = "SK";
    private static final String TOKEN = "k7Qz-token-of-the-account";
    private static final int MAX_CLIENT_ID = 64;
    private static final Directory DIRECTORY = directory();

    private static Directory directory() {
        TestDirectory directory = new TestDirectory();
        directory.groups.addAll(Set.of("GID_mine", "GID_other"));
        directory.account("key", Set.of("*"), Set.of("*"), Set.of("GID_mine"));
        directory.account("all", Set.of("*"), Set.of("*"), Set.of("*"));
        directory.token(TOKEN, "key", "R", Set.of("*"), Long.MAX_VALUE, false);
        return directory;
    }

    /** Client Identifier, User Name and Password, a line each. {@code sign:X} is the right signature of X. */
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "GID_mine@@@1\nkey\nsign:GID_mine",
                        "GID_mine@@@1\nSignature|key|instance\nsign:GID_mine@@@1",
                        "GID_mine@@@1\nSignature|key|\nsign:GID_mine",
                        "GID_mine@@@1\nSignature|key\nsign:GID_mine@@@1",
                        "GID_other@@@1\nkey\nsign:GID_other",
                        "GID_mine@@@1\nkey\nsign:GID_mine@@@1",
                        "GID_mine@@@@@@\nkey\nwrong",
                        "free\nall\nsign:free",
                        "free\nkey\nsign:free",
                        "\nall\nsign:",
                        "\nAK\nsign:",
                        "\nREADER\nsign:",
                        "GID_mine@@@1\nAK\nsign:GID_mine",
                        "GID_mine@@@\nkey\nsign:GID_mine",
                        "@@@1\nSignature|\n",
                        "GID_mine@@@1\nToken|key|instance\nR|" + TOKEN,
                        "GID_mine@@@1\nToken|key|instance\nR|" + TOKEN + "|W|" + TOKEN,
                        "GID_mine@@@1\nToken|key|instance\nRW|" + TOKEN,
                        "GID_mine@@@1\nToken|all\nR|" + TOKEN,
                        "GID_" + TOKEN + "@@@1\nToken|key|instance\nR|" + TOKEN,
                        "GID_mine@@@1\nDeviceCredential|key|\nsign:GID_mine@@@1",
                        "GID_mine@@@1",
                        "设备@@@设备\nkey\nsign:")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void nobodyIsLetInWithoutTheRightSignature(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 3);
        String clientId = lines[0];
        String userName = lines.length > 1 ? lines[1] : null;
        String password = lines.length > 2 ? passwordOf(lines[2]) : null;
        Payload bytes = password == null ? null : Payload.wrap(password.getBytes(StandardCharsets.UTF_8));

        for (boolean anyForm : new boolean[] {false, true}) {
            for (boolean clean : new boolean[] {false, true}) {
                SignOn.Result result = new SignOn(
                                DIRECTORY,
                                new ClientIdRules(MAX_CLIENT_ID, anyForm),
                                CertificateRules.none(),
                                Clock.systemUTC())
                        .check(new Packet.Connect(clientId, clean, 60, null, userName, bytes), null);
                if (result instanceof SignOn.Result.Refused refused) {
                    assertThat(refused.code()).isNotEqualTo(ConnectReturnCode.ACCEPTED);
                    assertThat(refused.reason()).isNotBlank();
                    if (!(clientId + userName).contains(TOKEN)) { // which is no secret any more; reasons name both
                        assertThat(refused.reason()).doesNotContain(TOKEN);
                    }
                }
                boolean expected = userName != null
                        && password != null
                        && clientId.getBytes(StandardCharsets.UTF_8).length <= MAX_CLIENT_ID
                        && (mayEnter(clientId, userName, password)
                                || anyForm && mayEnterFreely(clientId, clean, userName, password));
                assertThat(result instanceof SignOn.Result.Accepted).isEqualTo(expected);
            }
        }
    }

    private static String passwordOf(String line) {
        return line.startsWith("sign:") ? PasswordSignature.of(line.substring(5), SECRET) : line;
    }

    /** The rules once more, as plainly as they can be said. */
    private static boolean mayEnter(String clientId, String userName, String password) {
        if (userName.startsWith("Token|")) {
            return accessKeyOf(userName).equals("key")
                    && clientId.startsWith("GID_mine@@@")
                    && clientId.length() > "GID_mine@@@".length()
                    && password.equals("R|" + TOKEN);
        }
        for (String group : List.of("GID_mine", "GID_other")) {
            if (clientId.startsWith(group + "@@@") && clientId.length() > group.length() + 3) {
                String signedGroup = PasswordSignature.of(group, SECRET);
                boolean newer = userName.startsWith("Signature|");
                return mayUse(accessKeyOf(userName), group)
                        && (password.equals(signedGroup)
                                || newer && password.equals(PasswordSignature.of(clientId, SECRET)));
            }
        }
        return false;
    }

    private static boolean mayUse(String accessKey, String group) {
        return mayUseAll(accessKey) || accessKey.equals("key") && group.equals("GID_mine");
    }

    /** Two are the test directory's own. */
    private static boolean mayUseAll(String accessKey) {
        return Set.of("all", "AK", "READER").contains(accessKey);
    }

    private static boolean mayEnterFreely(String clientId, boolean clean, String userName, String password) {
        return !clientId.contains("@@@")
                && !userName.startsWith("Token|")
                && (clean || !clientId.isEmpty())
                && mayUseAll(accessKeyOf(userName))
                && password.equals(PasswordSignature.of(clientId, SECRET));
    }

    private static String accessKeyOf(String userName) {
        return userName.startsWith("Signature|") || userName.startsWith("Token|")
                ? userName.split("[|]", -1)[1]
                : userName;
    }
}
