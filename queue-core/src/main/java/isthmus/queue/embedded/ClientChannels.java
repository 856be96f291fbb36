package isthmus.queue.embedded;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import java.util.Map;
import org.apache.rocketmq.auth.config.AuthConfig;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.auth.pipeline.AuthenticationPipeline;
import org.apache.rocketmq.broker.auth.pipeline.AuthorizationPipeline;
import org.apache.rocketmq.remoting.pipeline.RequestPipeline;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whose the connections of consumers are, and ends them when an account has lost a permission. RocketMQ asks for
 * permissions when a request comes; but a consumer's request waits in the broker for seconds, and would be given what comes
 * meanwhile. A client whose connection ends comes back, and is asked. Any thread.
 */
final class ClientChannels {
    private static final Logger LOG = LoggerFactory.getLogger(ClientChannels.class);
    private static final AttributeKey<String> ACCOUNT = AttributeKey.valueOf(ClientChannels.class, "account");
    private static final String ACCESS_KEY = "AccessKey";

    private final BrokerController broker;

    /** From now on notes whose connections are; the broker is running. */
    ClientChannels(BrokerController broker, AuthConfig auth) {
        this.broker = broker;
        RequestPipeline noting = ClientChannels::note;
        // What is added last is asked first: a request is noted when it has been found to be its account's.
        broker.setRequestPipeline(noting.pipe(new AuthorizationPipeline(auth)).pipe(new AuthenticationPipeline(auth)));
    }

    private static void note(ChannelHandlerContext context, RemotingCommand request) {
        Map<String, String> fields = request.getExtFields();
        String accessKey = fields == null ? null : fields.get(ACCESS_KEY);
        if (accessKey != null) {
            context.channel().attr(ACCOUNT).set(accessKey);
        }
    }

    /** Ends the connections of an account's consumers. */
    @SuppressWarnings("FutureReturnValueIgnored") // the client notices
    void closeConsumersOf(String accessKey) {
        broker.getConsumerManager().getConsumerTable().values().stream()
                .flatMap(group -> group.getChannelInfoTable().keySet().stream())
                .distinct()
                .filter(channel -> accessKey.equals(channel.attr(ACCOUNT).get()))
                .forEach(channel -> {
                    LOG.info(
                            "a consumer of {} at {} is disconnected: a permission was withdrawn",
                            accessKey,
                            channel.remoteAddress());
                    channel.close();
                });
    }
}
