package isthmus.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, as the build wrote it. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"Isthmus " + number(), "Java " + Runtime.version()};
    }

    /** Such as {@code 1.2.0}. */
    public String number() throws IOException {
        try (InputStream resource = Version.class.getResourceAsStream("/isthmus/server/version.txt")) {
            return resource == null
                    ? "(unknown version)"
                    : new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
