package isthmus.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import isthmus.gateway.codec.Packet;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectDeadlineTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();

    ConnectDeadlineTest() {
        channel.freezeTime();
        channel.pipeline().addLast(new ConnectDeadline(Duration.ofSeconds(10)));
    }

    @Test
    void closesWhenNoPacketHasCome() {
        pass(9);
        assertThat(channel.isOpen()).isTrue();

        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void goesAwayWithTheFirstPacketWhichItHandsOn() {
        channel.writeInbound(new Packet.PingReq());

        assertThat((Packet) channel.readInbound()).isEqualTo(new Packet.PingReq());
        assertThat(channel.pipeline().get(ConnectDeadline.class)).isNull();
        pass(1_000);
        assertThat(channel.isOpen()).isTrue();
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
