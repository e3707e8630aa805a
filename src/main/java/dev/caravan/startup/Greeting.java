package dev.caravan.startup;

import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.feed.Quantity;
import java.util.Objects;
import java.util.TreeSet;
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

    Greeting(Feeds feeds, String queue) {
        this.feeds = feeds;
        this.queue = queue;
    }

    /** Says which Caravan starts, before anything is asked that may take a while. */
    static void starting(CamelContext context) {
        String own = Objects.requireNonNullElse(
                Greeting.class.getPackage().getImplementationVersion(), "(not packaged)");
        LOG.info("Caravan {} is starting: Camel {}, Java {}", own, context.getVersion(), Runtime.version().feature());
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // Camel says "fully started" once; this is called again for each route that is reloaded
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        if (alreadyStarted) {
            return;
        }
        var all = feeds.all();
        LOG.info("{}: {}", Quantity.count(all.size(), "feed"), all.stream().map(Feed::name).sorted().collect(Collectors.joining(", ")));
        var clusters = all.stream().flatMap(feed -> feed.clusters().stream()).collect(Collectors.toCollection(TreeSet::new));
        LOG.info("{}: {}", Quantity.count(clusters.size(), "cluster"), String.join(", ", clusters));
        LOG.info("Ready: receiving from queue {}", queue);
    }
}
