package isthmus.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void forgetTheFile() {
        System.clearProperty("logback.configurationFile");
    }

    @Test
    void ourEventsAreLoggedAndOthersOnlyWhenTheyAreWarnings() {
        assertThat(new Logging().configure(context)).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);

        assertThat(context.getLogger("isthmus.server").getEffectiveLevel()).isEqualTo(Level.INFO);
        assertThat(context.getLogger("io.netty").getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(context.getLogger("rocketmq.RocketmqPop").getEffectiveLevel())
                .isEqualTo(Level.ERROR);
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME)
                        .getAppender("CONSOLE")
                        .isStarted())
                .isTrue();
    }

    @Test
    void aFileOfOnesOwnIsUsedInstead() {
        System.setProperty("logback.configurationFile", "/path/to/logback.xml");

        assertThat(new Logging().configure(context)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE"))
                .isNull();
    }

    @Test
    void logbackFindsIt() {
        LoggerContext inUse = (LoggerContext) LoggerFactory.getILoggerFactory();

        assertThat(inUse.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE"))
                .isNotNull();
    }
}
