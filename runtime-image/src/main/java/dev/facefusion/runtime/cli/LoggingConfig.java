package dev.facefusion.runtime.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Configures logging in code: one line per event on standard output, as JSON, or as text where
/// `LOG_FORMAT` says so. Logback finds it by `META-INF/services`; no XML, no reflection.
public final class LoggingConfig extends ContextAwareBase implements Configurator {

    private static final String TEXT_PATTERN =
            "%d{HH:mm:ss.SSS} %-5level %-16thread %logger{24} %msg %kvp%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var encoder = "text".equals(System.getenv("LOG_FORMAT")) ? text(context) : json(context);
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("stdout");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        context.getLogger("io.helidon").setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Leaves standard output to the command: only warnings are logged, on standard error.
    static void useStandardError() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        if (root.getAppender("stdout") instanceof ConsoleAppender<ILoggingEvent> appender) {
            appender.stop();
            appender.setTarget("System.err");
            appender.start();
        }
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        var names = new LogstashFieldNames();
        names.setVersion(LogstashFieldNames.IGNORE_FIELD_INDICATOR);
        names.setLevelValue(LogstashFieldNames.IGNORE_FIELD_INDICATOR);
        var encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.setFieldNames(names);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(TEXT_PATTERN);
        encoder.start();
        return encoder;
    }
}
