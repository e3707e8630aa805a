package dev.caravan.startup.check;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.base.Fault;
import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** What of syncs would never work: their own faults, and names that lead nowhere. */
public final class SyncCheck {
    private final CamelContext context;
    private final Feeds feeds;

    public SyncCheck(CamelContext context, Feeds feeds) {
        this.context = context;
        this.feeds = feeds;
    }

    /** Everything that is wrong; a fault's key is {@code sync.property}. */
    public List<Fault> faults(Syncs syncs) {
        List<Fault> faults = new ArrayList<>(syncs.faults());
        for (TableSync sync : syncs.all().values()) {
            if (feeds.named(sync.name()).isPresent()) {
                faults.add(new Fault(
                        sync.name(),
                        "",
                        "there is a feed of that name, and its batches are told apart by it: rename one"));
            }
            if (!sync.source().isEmpty()) {
                faults.addAll(source(sync));
            }
            sync.clusters().stream()
                    .filter(cluster -> bean(cluster) == null)
                    .forEach(cluster -> faults.add(new Fault(
                            sync.name() + ".clusters",
                            cluster,
                            "no such cluster: add camel.beans." + cluster
                                    + "=#class:com.zaxxer.hikari.HikariDataSource and its jdbcUrl")));
            sync.manifestPrefix()
                    .flatMap(place -> feeds.all().stream()
                            .filter(feed -> feed.bucket().equals(place.bucket())
                                    && (place.key() + "/parts/").startsWith(feed.keyPrefix()))
                            .map(Feed::name)
                            .findFirst())
                    .ifPresent(taker -> faults.add(new Fault(
                            sync.name() + ".manifestPrefix",
                            String.valueOf(sync.manifestPrefix().orElseThrow()),
                            "feed '" + taker
                                    + "' would load the sync's parts as data; choose a place outside its prefix")));
        }
        return faults;
    }

    private List<Fault> source(TableSync sync) {
        DataSource source = bean(sync.source());
        String key = sync.name() + ".source";
        if (source == null) {
            return List.of(new Fault(
                    key,
                    sync.source(),
                    "no such source: add camel.beans." + sync.source()
                            + "=#class:org.mariadb.jdbc.MariaDbDataSource (or org.postgresql.ds.PGSimpleDataSource), its url,"
                            + " user and password"));
        }
        return source instanceof HikariDataSource || source instanceof DataApiDataSource
                ? List.of(
                        new Fault(
                                key,
                                sync.source(),
                                "a source has connections of its own, not a pool's: write camel.beans." + sync.source()
                                        + "=#class:org.mariadb.jdbc.MariaDbDataSource (or org.postgresql.ds.PGSimpleDataSource)"))
                : List.of();
    }

    private @Nullable DataSource bean(String name) {
        return context.getRegistry().lookupByNameAndType(name, DataSource.class);
    }
}
