package isthmus.conformance.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Opens a load's connections to one server, with one account.
 *
 * @param name sets the devices of one load apart from those of another
 */
record Connecting(LoadLoop loop, InetSocketAddress server, SignOn signOn, String name) {
    /** Begins to connect; the role is told when the connection can be used. */
    Connection open(String device, boolean cleanSession, Role role) {
        return openFrom(null, device, cleanSession, role);
    }

    /** Begins to connect from one of this machine's addresses; null lets the system choose. */
    Connection openFrom(@Nullable InetAddress source, String device, boolean cleanSession, Role role) {
        String unique = name + "-" + device;
        try {
            byte[] connect = Packets.connect(signOn, unique, cleanSession);
            return Connection.open(loop, source, server, signOn.clientId(unique), connect, role);
        } catch (IOException e) {
            throw new LoadFailure("no connection to " + server + ": " + e.getMessage(), e);
        }
    }
}
