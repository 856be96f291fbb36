package isthmus.server.cli;

import isthmus.certs.CertificateAuthority;
import isthmus.certs.CertificateFailure;
import isthmus.certs.CertificateReport;
import isthmus.certs.Credential;
import isthmus.certs.HostNames;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code isthmus certs}: certificates by hand. Its sub-commands are its methods. What goes wrong leaves them as a
 * {@link CertificateFailure}, whose message is the sentence to print.
 */
@Command(
        name = "certs",
        description = {
            "Issues and shows certificates.",
            "",
            "isthmus run makes a CA and a server certificate of its own: these commands are for other names, for devices"
                    + " with certificates, and to see what is there."
        },
        synopsisSubcommandLabel = "COMMAND")
final class CertsCommand implements Runnable {
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Where the CA is. */
    static final class AuthorityDirectory {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "./data",
                description = "The data directory; the CA is in its folder certs. Default: ${DEFAULT-VALUE}.")
        private Path data = Path.of("./data");

        @Option(names = "--dir", paramLabel = "DIR", description = "The directory of the CA, if it is elsewhere.")
        private @Nullable Path directory;

        Path path() {
            return (directory == null ? data.resolve("certs") : directory)
                    .toAbsolutePath()
                    .normalize();
        }
    }

    /** Where a certificate and its key go. */
    static final class Output {
        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "Where the two files go. Default: the directory of the CA.")
        private @Nullable Path directory;

        @Option(names = "--force", description = "Replace files that exist.")
        private boolean force;

        Path file(AuthorityDirectory authority, String name, String suffix) {
            Path target = directory == null ? authority.path() : directory;
            return target.resolve(name.replaceAll("[^A-Za-z0-9._@-]", "_") + suffix)
                    .toAbsolutePath()
                    .normalize();
        }
    }

    /** Without a sub-command: a mistake. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: init, server, device or show");
    }

    @Command(name = "init", description = "Creates a CA: ca.crt, which clients trust, and ca.key, which signs.")
    void init(
            @Mixin AuthorityDirectory authority,
            @Option(
                            names = "--force",
                            description = "Replace the CA that is there. Every client then needs the new ca.crt.")
                    boolean force) {
        Path certificate = authority.path().resolve("ca.crt");
        Path key = authority.path().resolve("ca.key");
        requireAbsent(force, certificate, key);
        CertificateAuthority.create(authority.path(), clock, random);
        printWritten(certificate, "for clients: with it they verify the server");
        printWritten(key, "secret: whoever has it can issue certificates");
    }

    @Command(name = "server", description = "Issues a certificate for a server that is reached under these names.")
    void server(
            @Mixin AuthorityDirectory authority,
            @Mixin Output output,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            required = true,
                            description = "A host name or an IP address. May be repeated; the first names the files.")
                    List<String> names) {
        HostNames hosts = new HostNames(names);
        String fileName = hosts.values().get(0);
        Path certificate = output.file(authority, fileName, ".crt");
        Path key = output.file(authority, fileName, ".key");
        requireAbsent(output.force, certificate, key);
        write(open(authority).issueServer(hosts), certificate, key);
        out().println("Serve it with: isthmus run --set mqtt.tls.certificate=" + certificate + " --set mqtt.tls.key="
                + key);
        out().println("Clients verify it with " + authority.path().resolve("ca.crt"));
    }

    @Command(name = "device", description = "Issues a certificate with which a device proves its Client Identifier.")
    void device(
            @Mixin AuthorityDirectory authority,
            @Mixin Output output,
            @Parameters(paramLabel = "CLIENT_ID", description = "GroupID@@@DeviceID, such as GID_Sensors@@@device-1.")
                    String clientId,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "825",
                            description = "How long it is valid. Default: ${DEFAULT-VALUE}.")
                    int days) {
        Path certificate = output.file(authority, clientId, ".crt");
        Path key = output.file(authority, clientId, ".key");
        requireAbsent(output.force, certificate, key);
        write(open(authority).issueDevice(clientId, Duration.ofDays(days)), certificate, key);
        out().println("Give both files to the device, with " + authority.path().resolve("ca.crt"));
        out().println("A server asks devices for their certificates when mqtt.tls.clientCa names that ca.crt.");
    }

    @Command(name = "show", description = "Describes the certificates in a PEM file; of a private key only its kind.")
    void show(@Parameters(paramLabel = "FILE", description = "A PEM file.") Path file) {
        CertificateReport.describe(file, clock).forEach(out()::println);
    }

    private CertificateAuthority open(AuthorityDirectory authority) {
        return CertificateAuthority.open(authority.path(), clock, random);
    }

    private void write(Credential issued, Path certificate, Path key) {
        issued.write(certificate, key);
        printWritten(
                certificate, "valid until " + issued.certificate().getNotAfter().toInstant());
        printWritten(key, "secret: the private key");
    }

    private void printWritten(Path file, String meaning) {
        out().println("Wrote " + file + " (" + meaning + ")");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static void requireAbsent(boolean force, Path... files) {
        for (Path file : files) {
            if (Files.exists(file) && !force) {
                throw new CertificateFailure(file, "exists already (--force replaces it)");
            }
        }
    }
}
