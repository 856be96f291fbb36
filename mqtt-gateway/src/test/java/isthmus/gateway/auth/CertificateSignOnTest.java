package isthmus.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.auth.CertificateRules.Use;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.harness.TestDirectory;
import isthmus.gateway.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client's certificate is good for. */
class CertificateSignOnTest {
    private static final String CLIENT = "GID_Test@@@a";

    private final TestDirectory directory = new TestDirectory();

    @ParameterizedTest
    @CsvSource({
        // use     | certificate's name | password | let in as
        "NONE,    ,             right, AK",
        "NONE,    somebody,     right, AK",
        "NONE,    GID_Test@@@a, none,  nobody",
        "MATCH,   ,             right, AK",
        "MATCH,   GID_Test@@@a, right, AK",
        "MATCH,   GID_Test@@@b, right, nobody",
        "MATCH,   GID_Test@@@a, wrong, nobody",
        "MATCH,   GID_Test@@@a, none,  nobody",
        "SIGN_ON, GID_Test@@@a, none,  DEVICES",
        "SIGN_ON, GID_Test@@@b, none,  nobody",
        "SIGN_ON, ,             none,  nobody",
        "SIGN_ON, ,             right, AK",
        "SIGN_ON, GID_Test@@@a, right, AK",
        "SIGN_ON, GID_Test@@@a, wrong, nobody",
        "SIGN_ON, GID_Test@@@b, right, nobody",
    })
    void aCertificateIsGoodForWhatTheSettingSays(
            Use use, @Nullable String certificateName, String password, String account) {
        directory.account("DEVICES", Set.of("T"), Set.of(), Set.of("GID_Test"));
        SignOn signOn = new SignOn(
                directory,
                new ClientIdRules(64, false),
                new CertificateRules(use, use == Use.SIGN_ON ? "DEVICES" : ""),
                Clock.systemUTC());

        SignOn.Result result = signOn.check(connect(password), certificateName);

        assertThat(
                        result instanceof SignOn.Result.Accepted accepted
                                ? accepted.identity().account()
                                : "nobody")
                .isEqualTo(account);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=GID_Test@@@a,O=Plant 7 | GID_Test@@@a",
                "O=Plant 7,CN=GID_Test@@@a | GID_Test@@@a",
                "CN=a\\,b                  | a,b",
                "O=Plant 7                 | ",
                "not a name                | ",
            })
    void itsNameIsTheCommonNameOfItsSubject(String subject, @Nullable String name) {
        assertThat(CertificateNames.commonName(subject)).isEqualTo(name);
    }

    private static Packet.Connect connect(String password) {
        if (password.equals("none")) {
            return new Packet.Connect(CLIENT, true, 60, null, null, null);
        }
        String text = password.equals("right") ? PasswordSignature.of("GID_Test", "SK") : password;
        return new Packet.Connect(CLIENT, true, 60, null, "AK", Payload.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
