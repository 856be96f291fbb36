package isthmus.conformance.crash;

import isthmus.conformance.fixture.TestServer;
import java.io.IOException;
import java.util.List;

/** Publishes some messages one after the other, over a connection of its own, and returns when all are acknowledged. */
final class Finale {
    private static final int ANSWER_MILLIS = 20_000;

    private Finale() {}

    static void publish(int port, List<Sent> messages) throws IOException {
        try (MqttSocket socket = new MqttSocket(port)) {
            socket.send(PacketBytes.connect(
                    Device.GROUP + "@@@finale", TestServer.ACCESS_KEY, TestServer.password(Device.GROUP), false));
            answer(socket);
            Outbox outbox = new Outbox();
            for (Sent message : messages) {
                outbox.publish(socket, message);
                while (!outbox.isEmpty()) {
                    outbox.onAck(socket, answer(socket));
                }
            }
        }
    }

    private static Frame answer(MqttSocket socket) throws IOException {
        Frame frame = socket.poll(ANSWER_MILLIS);
        if (frame == null) {
            throw new IOException("the server does not answer");
        }
        return frame;
    }
}
