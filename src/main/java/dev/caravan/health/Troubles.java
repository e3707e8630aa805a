package dev.caravan.health;

import dev.caravan.feed.Quantity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What is wrong with the services that Caravan needs: the log says it once when it begins, and once when it is over. */
public final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    /** The service that holds Caravan's memory. */
    public static final String LEDGER = "the ledger";

    private final Clock clock;
    private final Map<String, Instant> since = new ConcurrentHashMap<>();

    public Troubles(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param service what fails, for example {@code the queue}
     * @param words what is wrong and what Caravan does about it
     */
    public void begin(String service, String words) {
        boolean begins = since.putIfAbsent(service, clock.instant()) == null;
        LOG.atLevel(begins ? Level.WARN : Level.DEBUG).log("Trouble with {}: {}", service, words);
    }

    /** @param words what Caravan does now */
    public void over(String service, String words) {
        Instant began = since.remove(service);
        if (began != null) {
            LOG.info(
                    "The trouble with {} is over after {}: {}",
                    service,
                    Quantity.inWords(Duration.between(began, clock.instant())),
                    words);
        }
    }
}
