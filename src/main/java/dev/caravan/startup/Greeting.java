package dev.caravan.startup;

import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.feed.Quantity;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a person, once all routes have started, what has started and what it works on. */
final class Greeting implements StartupListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.caravan.Caravan");

    private final Feeds feeds;
    private final String queue;
    private final AtomicBoolean said = new AtomicBoolean();

    Greeting(Feeds feeds, String queue) {
        this.feeds = feeds;
        this.queue = queue;
    }

    /** Says which Caravan starts, before anything is asked that may take a while. */
    static void starting(CamelContext context) {
        String own =
                Objects.requireNonNullElse(Greeting.class.getPackage().getImplementationVersion(), "(not packaged)");
        LOG.info(
                "Caravan {} is starting: Camel {}, Java {}",
                own,
                context.getVersion(),
                Runtime.version().feature());
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // routes may not have started yet
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        if (said.getAndSet(true)) {
            return;
        }
        var all = feeds.all();
        LOG.info(
                "{}: {}",
                Quantity.count(all.size(), "feed"),
                all.stream().map(Feed::name).sorted().collect(Collectors.joining(", ")));
        var clusters =
                all.stream().flatMap(feed -> feed.clusters().stream()).collect(Collectors.toCollection(TreeSet::new));
        LOG.info("{}: {}", Quantity.count(clusters.size(), "cluster"), String.join(", ", clusters));
        LOG.info("Ready: receiving from queue {}", queue);
    }
}
