package dev.caravan.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Names the batch and the feed that a thread works for, so that its log lines can say so: MDC keys {@code batch}, {@code feed} and
 * {@code cluster}. Closing it, on the same thread, brings back what was named before.
 */
public final class LogContext implements AutoCloseable {
    public static final String BATCH = "batch";
    public static final String FEED = "feed";
    public static final String CLUSTER = "cluster";

    private final List<Before> before = new ArrayList<>(3);

    private record Before(String key, @Nullable String value) {}

    private LogContext(Map<String, String> names) {
        names.forEach((key, value) -> {
            before.add(new Before(key, MDC.get(key)));
            MDC.put(key, value);
        });
    }

    /** @param names by those keys */
    public static LogContext of(Map<String, String> names) {
        return new LogContext(names);
    }

    /** A batch and its feed. */
    public static LogContext of(String batch, String feed) {
        return of(Map.of(BATCH, batch, FEED, feed));
    }

    @Override
    public void close() {
        before.forEach(was -> {
            if (was.value() == null) {
                MDC.remove(was.key());
            } else {
                MDC.put(was.key(), was.value());
            }
        });
    }
}
