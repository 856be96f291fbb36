package isthmus.certs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the names of the machine this runs on, without asking a name server: that can take longer than a start may. */
final class MachineNames {
    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private MachineNames() {}

    static List<String> find() {
        List<String> names = new ArrayList<>();
        names.add("localhost");
        hostName().ifPresent(names::add);
        names.add("127.0.0.1");
        names.add("::1");
        names.addAll(addresses());
        return names;
    }

    private static Optional<String> hostName() {
        try {
            String name = Files.isReadable(KERNEL_HOST_NAME)
                    ? Files.readString(KERNEL_HOST_NAME).strip()
                    : InetAddress.getLocalHost().getHostName();
            HostNames.of(name); // a machine may have a name that no certificate can hold
            return Optional.of(name);
        } catch (IOException | CertificateFailure e) {
            return Optional.empty();
        }
    }

    private static List<String> addresses() {
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            return interfaces
                    .filter(MachineNames::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .sorted()
                    .toList();
        } catch (SocketException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
