package isthmus.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * How events are logged: one line each on standard error, and no files. Logback finds this class as a service and asks it
 * once, at the first event. It is code because reading an XML file takes a third of a second of every start.
 *
 * <p>{@code ISTHMUS_LOG} sets the level of our own events. Everything else can be had with a file of one's own:
 * {@code ISTHMUS_JAVA_OPTS=-Dlogback.configurationFile=/path/to/logback.xml}.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0} - %msg%n";
    /** The loggers of RocketMQ. It warns at each start and stop of what is normal: an empty log, no plugins. */
    private static final String ROCKETMQ = "rocketmq";
    /** It tells at ERROR of each message with which an SQL expression cannot be worked out, such as one that is no number. */
    private static final String ROCKETMQ_FILTER = ROCKETMQ + ".RocketmqFilter";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console(context));
        context.getLogger("isthmus").setLevel(Level.toLevel(System.getenv("ISTHMUS_LOG"), Level.INFO));
        context.getLogger(ROCKETMQ).setLevel(Level.ERROR);
        context.getLogger(ROCKETMQ_FILTER).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("CONSOLE");
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        return console;
    }
}
