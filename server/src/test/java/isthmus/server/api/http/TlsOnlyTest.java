package isthmus.server.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContextBuilder;
import isthmus.server.api.Json;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TlsOnlyTest {
    @Test
    void whoSaysNothingIsCutOffAfterTenSeconds() throws Exception {
        EmbeddedChannel channel =
                new EmbeddedChannel(new TlsOnly(SslContextBuilder.forClient().build(), new Json()));
        channel.freezeTime();
        channel.advanceTimeBy(9, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }
}
