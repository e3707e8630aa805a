package dev.caravan.operate.jmx;

import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.ClusterHolds.Hold;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.operate.steer.MirrorOperator;
import dev.caravan.operate.steer.Operator;
import dev.caravan.operate.steer.Reprocessor;
import dev.caravan.operate.steer.SyncOperator;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import dev.caravan.pipeline.s3toredshift.AutoBatches;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the MBeans: {@code dev.caravan:type=feeds,name="<feed>"}, {@code dev.caravan:type=syncs,name="<sync>"}, {@code
 * dev.caravan:type=mirrors,name="<mirror>"} and {@code dev.caravan:type=batches,name="batches"}.
 */
public final class Management {
    private static final Logger LOG = LoggerFactory.getLogger(Management.class);
    private static final String BATCHES = "dev.caravan:type=batches,name=\"batches\"";

    private final Feeds feeds;
    private final Syncs syncs;
    private final SyncBook book;
    private final SyncOperator syncOperator;
    private final Mirrors mirrors;
    private final MirrorBook mirrorBook;
    private final MirrorOperator mirrorOperator;
    private final AutoBatches batches;
    private final Reprocessor reprocessor;
    private final Operator operator;
    private final LedgerReader reader;
    private final LedgerView view;
    private final Map<String, ObjectName> registered = new HashMap<>();

    /**
     * @param holds of clusters into which nobody loads
     * @param windows the end of the planned window that covers a time, in which nothing is loaded; empty if none does
     */
    public Management(
            Feeds feeds,
            Ledger ledger,
            LedgerReader reader,
            FeedPauses pauses,
            Supplier<List<Hold>> holds,
            Function<Instant, Optional<Instant>> windows,
            AutoBatches batches,
            Syncs syncs,
            SyncBook book,
            Mirrors mirrors,
            MirrorBook mirrorBook,
            BatchSteering steering,
            Clock clock) {
        this.feeds = feeds;
        this.batches = batches;
        this.syncs = syncs;
        this.book = book;
        syncOperator = new SyncOperator(book, pauses);
        this.mirrors = mirrors;
        this.mirrorBook = mirrorBook;
        mirrorOperator = new MirrorOperator(mirrorBook, pauses);
        reprocessor = new Reprocessor(feeds, ledger, steering);
        operator = new Operator(reader, steering, pauses, clock);
        this.reader = reader;
        view = new LedgerView(reader, pauses, holds, windows, clock);
    }

    /** Registers what is new and removes what is gone; does nothing where Camel has no JMX. */
    public synchronized void refresh(CamelContext context) {
        ManagementAgent agent = context.getManagementStrategy() == null
                ? null
                : context.getManagementStrategy().getManagementAgent();
        if (agent == null || agent.getMBeanServer() == null) { // it has none before it has started
            return;
        }
        try {
            if (registered.isEmpty()) {
                register(
                        agent,
                        BATCHES,
                        new DescribedMBean<>(
                                new ManagedBatches(view, reader, reprocessor, operator), BatchesMBean.class));
            }
            Set<String> wanted = new HashSet<>(Set.of(BATCHES));
            wanted.addAll(register(
                    agent,
                    "feeds",
                    feeds.all().stream().map(Feed::name).toList(),
                    feed -> new DescribedMBean<>(
                            new ManagedFeed(feed, feeds, view, batches, operator), FeedMBean.class)));
            wanted.addAll(register(
                    agent,
                    "syncs",
                    syncs.all().keySet(),
                    sync -> new DescribedMBean<>(
                            new ManagedSync(sync, syncs, view, book, syncOperator), SyncMBean.class)));
            wanted.addAll(register(
                    agent,
                    "mirrors",
                    mirrors.all().keySet(),
                    mirror -> new DescribedMBean<>(
                            new ManagedMirror(mirror, mirrors, view, mirrorBook, mirrorOperator), MirrorMBean.class)));
            for (String gone : registered.keySet().stream()
                    .filter(name -> !wanted.contains(name))
                    .collect(Collectors.toSet())) {
                agent.unregister(registered.remove(gone));
            }
        } catch (JMException e) {
            LOG.warn("An MBean can't be registered, so Hawtio doesn't show it: {}", e.getMessage());
        }
    }

    /** Makes the MBean of a name. */
    private interface Making {
        DescribedMBean<?> of(String name) throws JMException;
    }

    /** Those of one type that have none yet; the names of all of the type. */
    private Set<String> register(ManagementAgent agent, String type, Collection<String> names, Making making)
            throws JMException {
        Set<String> wanted = new HashSet<>();
        for (String each : names) {
            String name = "dev.caravan:type=" + type + ",name=" + ObjectName.quote(each);
            wanted.add(name);
            if (!registered.containsKey(name)) {
                register(agent, name, making.of(each));
            }
        }
        return wanted;
    }

    private void register(ManagementAgent agent, String name, DescribedMBean<?> bean) throws JMException {
        ObjectName asked = new ObjectName(name);
        agent.register(bean, asked, true);
        registered.put(name, asked);
    }
}
