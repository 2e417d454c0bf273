package dev.kith.core.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.kith.core.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the log up as the settings say, on standard error: standard output is for what the command
 * itself has to say. In code, because reading XML would cost a part of the start.
 */
final class Logs {

    private static final String OURS = "dev.kith";
    private static final String TEXT =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %replace([%X{requestId}]"
                    + " ){'^\\[\\] $', ''}%msg%n";

    // They greet and advertise.
    private static final String[] SILENT = {
        "org.jooq.Constants", "org.jooq.impl.DefaultExecuteContext.logVersionSupport"
    };

    private Logs() {}

    static void begin(Settings.Log settings) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var encoder =
                switch (settings.format()) {
                    case TEXT -> text();
                    case JSON -> json();
                };
        encoder.setContext(context);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        var level = Level.toLevel(settings.level().name());
        // What libraries say is of interest when something is wrong with them.
        root.setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        context.getLogger(OURS).setLevel(level);
        for (var name : SILENT) {
            context.getLogger(name).setLevel(Level.OFF);
        }
    }

    private static Encoder<ILoggingEvent> text() {
        var encoder = new PatternLayoutEncoder();
        encoder.setPattern(TEXT);
        return encoder;
    }

    // Arguments stay out: the message holds them, and only as it means to show them.
    private static Encoder<ILoggingEvent> json() {
        var encoder = new JsonEncoder();
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        return encoder;
    }
}
