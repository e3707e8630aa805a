package dev.caravan;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What is logged while it is open. */
public final class LogOf extends AbstractAppender implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger logger;

    private final Level least;

    private LogOf(Logger logger, Level least) {
        super("LogOf", null, null, true, Property.EMPTY_ARRAY);
        this.logger = logger;
        this.least = least;
    }

    /**
     * At INFO or above.
     *
     * @param logger the name of a logger; those below it are heard as well
     */
    public static LogOf messages(String logger) {
        return open(logger, Level.INFO);
    }

    /** Whatever any logger says at its level. */
    public static LogOf everything() {
        return open("", Level.ALL);
    }

    private static LogOf open(String logger, Level least) {
        LogOf log = new LogOf((Logger) LogManager.getLogger(logger), least);
        log.start();
        log.logger.addAppender(log);
        return log;
    }

    /** The messages that contain a text. */
    public List<String> lines(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void append(LogEvent event) {
        if (event.getLevel().isMoreSpecificThan(least)) {
            lines.add(event.getMessage().getFormattedMessage());
        }
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }
}
