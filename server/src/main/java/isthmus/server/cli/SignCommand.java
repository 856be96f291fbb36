package isthmus.server.cli;

import isthmus.server.config.FileText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code isthmus sign}: Base64(HMAC-SHA1(SecretKey, GroupID)), all texts in UTF-8. */
@Command(
        name = "sign",
        description = {
            "Prints the password with which the devices of a group sign on, or a Client that has none.",
            "",
            "The secret key is read from standard input unless an option names it."
        })
final class SignCommand implements Runnable {
    private final InputStream standardInput;

    @Parameters(
            paramLabel = "GROUP_ID",
            description =
                    "The group: the part of the Client Identifier before @@@. Or the whole Client Identifier, if there is"
                            + " no @@@ in it (see mqtt.clientIds).")
    private String groupId = "";

    @ArgGroup
    private @Nullable SecretKey secretKey;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The ways to name the secret key, one at a time. */
    static final class SecretKey {
        @Option(
                names = "--secret-key",
                paramLabel = "KEY",
                description = "The secret key. Other users of this machine can see it while the command runs.")
        private @Nullable String text;

        @Option(names = "--secret-key-file", paramLabel = "FILE", description = "A file that holds the secret key.")
        private @Nullable Path file;
    }

    SignCommand(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    @Override
    public void run() {
        int separator = groupId.indexOf("@@@");
        if (separator >= 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    groupId + " is a Client Identifier; the group to sign is " + groupId.substring(0, separator));
        }
        String key = secretKey();
        if (key.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "the secret key is empty");
        }
        byte[] signature = new HmacUtils(HmacAlgorithms.HMAC_SHA_1, key).hmac(groupId);
        spec.commandLine().getOut().println(Base64.getEncoder().encodeToString(signature));
    }

    private String secretKey() {
        if (secretKey == null) {
            return firstLineOfInput();
        }
        if (secretKey.text != null) {
            return secretKey.text;
        }
        Path file = Objects.requireNonNull(secretKey.file);
        try {
            return FileText.read(file).strip();
        } catch (IOException e) {
            throw new IllegalStateException("--secret-key-file " + e.getMessage(), e);
        }
    }

    private String firstLineOfInput() {
        try {
            var lines = new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8));
            String line = lines.readLine();
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            throw new IllegalStateException("standard input cannot be read: " + e.getMessage(), e);
        }
    }
}
