package dev.caravan.operate.housekeeping;

import dev.caravan.base.Quantity;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.notes.PlannedTurns;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.redshift.admission.Clusters;
import dev.caravan.redshift.copy.HousekeepingStatement;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.redshift.target.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of route {@code housekeeping}: one table after the other, cluster by cluster. */
public final class HousekeepingSteps {
    private static final Logger LOG = LoggerFactory.getLogger(HousekeepingSteps.class);
    private static final String TARGET = "target";
    private static final String STARTED = "housekeepingStarted";

    private final Feeds feeds;
    private final FeedTables tables;
    private final Syncs syncs;
    private final SyncTables syncTables;
    private final Clusters clusters;
    private final PlannedTurns turns;
    private final Clock clock;

    /**
     * @param tables says which tables of a cluster a feed loads
     * @param syncTables says which a sync does
     */
    public HousekeepingSteps(
            Feeds feeds,
            FeedTables tables,
            Syncs syncs,
            SyncTables syncTables,
            Clusters clusters,
            PlannedTurns turns,
            Clock clock) {
        this.feeds = feeds;
        this.tables = tables;
        this.syncs = syncs;
        this.syncTables = syncTables;
        this.clusters = clusters;
        this.turns = turns;
        this.clock = clock;
    }

    /** A table of a cluster. */
    record Target(String cluster, TableName table) {
        @Override
        public String toString() {
            return String.join(".", table.parts()) + " of cluster " + cluster;
        }
    }

    /** The tables of those clusters that take loads now, and whose turn at the planned time this instance is the first to take. */
    public List<Target> tables(Exchange exchange) {
        Instant planned =
                exchange.getMessage().getHeader("scheduledFireTime", Date.class).toInstant();
        List<Target> mine = new ArrayList<>();
        loaded().forEach((cluster, targets) -> {
            Optional<String> closed = clusters.closed(cluster);
            if (closed.isPresent()) {
                LOG.info("No housekeeping in cluster {} this time: {}", cluster, closed.get());
            } else if (turns.take("housekeeping of cluster " + cluster, planned)) {
                mine.addAll(targets);
            }
        });
        return mine;
    }

    private SortedMap<String, Set<Target>> loaded() {
        SortedMap<String, Set<Target>> targets = new TreeMap<>();
        for (Feed feed : feeds.all()) {
            for (String cluster : feed.clusters()) {
                add(targets, cluster, tables.of(feed, cluster));
            }
        }
        for (TableSync sync : syncs.all().values()) {
            for (String cluster : sync.clusters()) {
                add(targets, cluster, syncTables.of(sync, cluster));
            }
        }
        return targets;
    }

    private static void add(SortedMap<String, Set<Target>> targets, String cluster, Set<String> tables) {
        Set<Target> ofCluster = targets.computeIfAbsent(cluster, c -> new LinkedHashSet<>());
        tables.forEach(
                table -> ofCluster.add(new Target(cluster, TableName.of(table).orElseThrow())));
    }

    /** Whether the table's cluster still takes loads; names it as property {@code cluster}. */
    public boolean begin(Target target, Exchange exchange) {
        exchange.setProperty(ExchangeProperties.CLUSTER, target.cluster());
        exchange.setProperty(TARGET, target);
        exchange.setProperty(STARTED, clock.instant());
        return clusters.closed(target.cluster()).isEmpty();
    }

    /** SQL that gives back the space of deleted rows. */
    public String vacuum(Exchange exchange) {
        return HousekeepingStatement.vacuum(target(exchange).table());
    }

    /** SQL that tells the planner how the table is now. */
    public String analyze(Exchange exchange) {
        return HousekeepingStatement.analyze(target(exchange).table());
    }

    /** Says so. */
    public void done(Exchange exchange) {
        LOG.info(
                "Housekeeping of {}: done in {}",
                target(exchange),
                Quantity.inWords(Duration.between(exchange.getProperty(STARTED, Instant.class), clock.instant())));
    }

    /** Says why not; the next table is tried all the same. */
    public void failed(Exchange exchange) {
        Throwable caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        LOG.warn(
                "Housekeeping of {}: {}. It is tried again at the next planned time",
                target(exchange),
                CopyFailure.of(caught).problem());
    }

    private static Target target(Exchange exchange) {
        return exchange.getProperty(TARGET, Target.class);
    }
}
