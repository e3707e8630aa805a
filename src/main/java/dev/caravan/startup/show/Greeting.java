package dev.caravan.startup.show;

import dev.caravan.base.Quantity;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a person, once all routes have started, what has started and what it works on; and that it is ready, once the queue has answered as well. */
public final class Greeting implements StartupListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.caravan.Caravan");

    public static final String VERSION =
            Objects.requireNonNullElse(Greeting.class.getPackage().getImplementationVersion(), "(not packaged)");

    private final Feeds feeds;
    private final Syncs syncs;
    private final Mirrors mirrors;
    private final String queue;
    private final Runnable ready;
    private final AtomicBoolean said = new AtomicBoolean();
    private final AtomicInteger missing = new AtomicInteger(2);

    /** @param ready done once all have started */
    public Greeting(Feeds feeds, Syncs syncs, Mirrors mirrors, String queue, Runnable ready) {
        this.ready = ready;
        this.feeds = feeds;
        this.syncs = syncs;
        this.mirrors = mirrors;
        this.queue = queue;
    }

    /** Says which Caravan starts, before anything is asked that may take a while. */
    public static void starting(CamelContext context) {
        LOG.info(
                "Caravan {} is starting: Camel {}, Java {}",
                VERSION,
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
        ready.run();
        var all = feeds.all();
        LOG.info(
                "{}: {}",
                Quantity.count(all.size(), "feed"),
                all.stream().map(Feed::name).sorted().collect(Collectors.joining(", ")));
        Map<String, TableSync> tables = syncs.all();
        if (!tables.isEmpty()) {
            LOG.info("{}: {}", Quantity.count(tables.size(), "sync"), String.join(", ", tables.keySet()));
        }
        Map<String, TableMirror> mirrored = mirrors.all();
        if (!mirrored.isEmpty()) {
            LOG.info("{}: {}", Quantity.count(mirrored.size(), "mirror"), String.join(", ", mirrored.keySet()));
        }
        var clusters = Stream.of(
                        all.stream().flatMap(feed -> feed.clusters().stream()),
                        tables.values().stream().flatMap(sync -> sync.clusters().stream()),
                        mirrored.values().stream().map(TableMirror::source))
                .flatMap(names -> names)
                .collect(Collectors.toCollection(TreeSet::new));
        LOG.info("{}: {}", Quantity.count(clusters.size(), "cluster"), String.join(", ", clusters));
        oneOfTwo();
    }

    /** The queue has answered. */
    public void receiving() {
        oneOfTwo();
    }

    /** Health says the same from then on: a consumer that hasn't received yet isn't ready. */
    private void oneOfTwo() {
        if (missing.decrementAndGet() == 0) {
            LOG.info("Ready: receiving from queue {}", queue);
        }
    }
}
