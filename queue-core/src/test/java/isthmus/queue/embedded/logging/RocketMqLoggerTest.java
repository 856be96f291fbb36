package isthmus.queue.embedded.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RocketMqLoggerTest {
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private RocketMqLogger logger;

    @BeforeEach
    void listen() {
        ch.qos.logback.classic.Logger target = new LoggerContext().getLogger("rocketmq.RocketmqBroker");
        target.setLevel(Level.ERROR);
        target.addAppender(events);
        events.start();
        logger = new RocketMqLogger(target, true);
    }

    @Test
    void aClientThatLeavesBeforeItsAnswerIsNoError() {
        logger.error("processRequestWrapper response to {} failed", "127.0.0.1:1", new ClosedChannelException());
        logger.error(RemotingCommand.createRequestCommand(11, null).toString());
        logger.error(RemotingCommand.createResponseCommand(24, "the consumer's group info not exist")
                .toString());
        assertThat(events.list).isEmpty();
    }

    @Test
    void whatIsWrongIsAnError() {
        logger.error("processRequestWrapper response to {} failed", "127.0.0.1:1", new IOException("disk"));
        logger.error("the topic {} not exist", "T");
        logger.error((String) null);
        assertThat(events.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("processRequestWrapper response to 127.0.0.1:1 failed", "the topic T not exist", null);
    }
}
