package isthmus.conformance.crash;

import isthmus.conformance.fixture.TestServer;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A device that connects whenever it can, and publishes, subscribes and acknowledges as the standard asks, with a state that
 * survives its connections if the session is stored. Each runs in a thread of its own.
 */
final class Device implements Runnable {
    static final String GROUP = "GID_Crash";
    private static final int CONNACK_MILLIS = 5000;
    private static final int IDLE_MILLIS = 3;

    private final DevicePlan plan;
    private final Ledger ledger;
    private final int port;
    private final Random random;
    private final Outbox outbox = new Outbox();
    private final Intake intake = new Intake();
    private final Subscribing subscribing;
    private final SessionBelief belief = new SessionBelief();
    private final Thread thread;
    private volatile int connections;
    private volatile boolean settled;
    private volatile boolean calm;
    private volatile boolean stopping;

    Device(DevicePlan plan, Ledger ledger, int port, long seed) {
        this.plan = plan;
        this.ledger = ledger;
        this.port = port;
        this.random = new Random(seed * 17 + plan.clientId().hashCode());
        this.subscribing = new Subscribing(plan.filters(), plan.qos());
        this.thread = new Thread(this, plan.clientId());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** From now on it publishes nothing new, keeps its subscriptions, and stays connected if it can. */
    void calmDown() {
        calm = true;
    }

    /** Whether it is connected and nothing that it published or asked for is unanswered. */
    boolean isSettled() {
        return settled;
    }

    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    DevicePlan plan() {
        return plan;
    }

    Intake intake() {
        return intake;
    }

    Subscribing subscribing() {
        return subscribing;
    }

    int connections() {
        return connections;
    }

    @Override
    public void run() {
        while (!stopping) {
            try (MqttSocket socket = new MqttSocket(port)) {
                if (connect(socket)) {
                    converse(socket);
                }
            } catch (IOException serverGone) {
                settled = false;
            }
            settled = false;
            LockSupport.parkNanos((10L + random.nextInt(plan.awayMillis())) * 1_000_000);
        }
    }

    private boolean connect(MqttSocket socket) throws IOException {
        boolean clean = plan.kind() == DevicePlan.Kind.CLEAN
                || (plan.kind() == DevicePlan.Kind.CHANGING && random.nextBoolean());
        belief.asked(clean);
        socket.send(PacketBytes.connect(plan.clientId(), TestServer.ACCESS_KEY, TestServer.password(GROUP), clean));
        Frame answer = socket.poll(CONNACK_MILLIS);
        if (answer == null || answer.type() != Frame.CONNACK || answer.at(1) != 0) {
            if (answer == null || answer.type() != Frame.CONNACK || answer.at(1) != 3) {
                ledger.violation(plan.clientId() + ": CONNECT was answered by "
                        + (answer == null ? "nothing" : "type " + answer.type() + ", code " + answer.at(1)));
            }
            return false;
        }
        boolean present = answer.at(0) == 1;
        String wrong = belief.answered(clean, present);
        if (!wrong.isEmpty()) {
            ledger.violation(plan.clientId() + ", connection " + (connections + 1) + ": " + wrong);
        }
        connections++;
        intake.connected(present);
        subscribing.connected(present);
        if (present) {
            outbox.resume(socket);
        } else {
            outbox.forget();
        }
        return true;
    }

    private void converse(MqttSocket socket) throws IOException {
        while (!stopping) {
            for (Frame frame = socket.poll(IDLE_MILLIS); frame != null; frame = socket.poll(1)) {
                onFrame(socket, frame);
                if (random.nextInt(10) == 0) {
                    break;
                }
            }
            act(socket);
            settled = calm && outbox.isEmpty() && subscribing.isSettled();
            if (!calm && random.nextInt(1000) < plan.leavePerMille()) {
                if (random.nextBoolean()) {
                    socket.send(PacketBytes.disconnect());
                }
                return;
            }
        }
        intake.answer(socket);
    }

    private void act(MqttSocket socket) throws IOException {
        if (calm || random.nextBoolean()) {
            intake.answer(socket);
        }
        if (!calm && plan.shifts() && subscribing.isSettled() && random.nextInt(20) == 0) {
            subscribing.toggle(random);
        }
        subscribing.ask(socket);
        Traffic traffic = plan.traffic();
        if (traffic != null && !calm && outbox.hasRoom() && random.nextInt(3) > 0) {
            outbox.publish(socket, traffic.next());
        }
    }

    private void onFrame(MqttSocket socket, Frame frame) throws IOException {
        String wrong = "";
        switch (frame.type()) {
            case Frame.PUBLISH -> intake.onPublish(frame, connections);
            case Frame.PUBREL -> intake.onPubRel(frame);
            case Frame.PUBACK, Frame.PUBREC, Frame.PUBCOMP -> wrong = outbox.onAck(socket, frame);
            case Frame.SUBACK, Frame.UNSUBACK -> wrong = subscribing.onAnswer(frame);
            default -> wrong = "unexpected packet type " + frame.type();
        }
        if (!wrong.isEmpty()) {
            ledger.violation(plan.clientId() + ", connection " + connections + ": " + wrong);
        }
    }
}
