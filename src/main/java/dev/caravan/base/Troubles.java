package dev.caravan.base;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What is wrong with the services that Caravan needs: the log says it once when it begins, and once when it is over; health and metrics say it meanwhile. */
public final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    /** The service that holds Caravan's memory. */
    public static final String LEDGER = "the ledger";

    /** What people's own service hears. */
    public static final String WEBHOOK = "the webhook";

    private final Clock clock;
    /** The service that says which objects were created. */
    public static final String QUEUE = "the queue";

    /** The service that keeps manifests. */
    public static final String S3 = "S3";

    /** The service that tells people. */
    public static final String SNS = "SNS";

    private final Map<String, Trouble> now = new ConcurrentHashMap<>();
    private final Set<String> lasting = ConcurrentHashMap.newKeySet();

    public Troubles(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param service what fails, for example {@code the queue}
     * @param words what is wrong and what Caravan does about it
     */
    public void begin(String service, String words) {
        boolean begins = now.putIfAbsent(service, new Trouble(clock.instant(), words)) == null;
        LOG.atLevel(begins ? Level.WARN : Level.DEBUG).log("Trouble with {}: {}", service, words);
    }

    /** As {@link #begin}; and only {@link #endLasting} ends it: others may find that the service does what they ask of it, and not know what it refuses. */
    public void beginLasting(String service, String words) {
        lasting.add(service);
        begin(service, words);
    }

    /** @param words what Caravan does now */
    public void endLasting(String service, String words) {
        lasting.remove(service);
        over(service, words);
    }

    /** @param words what Caravan does now */
    public void over(String service, String words) {
        if (lasting.contains(service)) {
            return;
        }
        Trouble trouble = now.remove(service);
        if (trouble != null) {
            LOG.info(
                    "The trouble with {} is over after {}: {}",
                    service,
                    Quantity.inWords(Duration.between(trouble.since(), clock.instant())),
                    words);
        }
    }

    /** What is wrong with a service now; empty if nothing is known to be. */
    public Optional<Trouble> with(String service) {
        return Optional.ofNullable(now.get(service));
    }

    /**
     * Something is wrong with a service.
     *
     * @param since when it began
     * @param words what is wrong and what Caravan does about it
     */
    public record Trouble(Instant since, String words) {}
}
