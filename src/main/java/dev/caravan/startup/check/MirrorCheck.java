package dev.caravan.startup.check;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.base.Fault;
import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.feed.Feeds;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** What of mirrors would never work: their own faults, and names that lead nowhere. */
public final class MirrorCheck {
    private static final String HOW = "=#class:org.postgresql.ds.PGSimpleDataSource, its url, user and password";

    private final CamelContext context;
    private final Feeds feeds;
    private final Syncs syncs;

    public MirrorCheck(CamelContext context, Feeds feeds, Syncs syncs) {
        this.context = context;
        this.feeds = feeds;
        this.syncs = syncs;
    }

    /** Everything that is wrong; a fault's key is {@code mirror.property}. */
    public List<Fault> faults(Mirrors mirrors) {
        List<Fault> faults = new ArrayList<>(mirrors.faults());
        for (TableMirror mirror : mirrors.all().values()) {
            other(mirror.name())
                    .ifPresent(what -> faults.add(new Fault(
                            mirror.name(),
                            "",
                            "there is a " + what + " of that name, and pauses and runs are told apart by"
                                    + " it: rename one")));
            if (!mirror.source().isEmpty() && bean(mirror.source()) == null) {
                faults.add(new Fault(
                        mirror.name() + ".source",
                        mirror.source(),
                        "no such cluster: add camel.beans." + mirror.source()
                                + "=#class:com.zaxxer.hikari.HikariDataSource and its jdbcUrl"));
            }
            if (!mirror.target().isEmpty()) {
                faults.addAll(target(mirror));
            }
            mirror.manifestPrefix()
                    .flatMap(place -> feeds.all().stream()
                            .filter(feed -> feed.bucket().equals(place.bucket())
                                    && (place.key() + "/mirrors/").startsWith(feed.keyPrefix()))
                            .findFirst())
                    .ifPresent(taker -> faults.add(new Fault(
                            mirror.name() + ".manifestPrefix",
                            String.valueOf(mirror.manifestPrefix().orElseThrow()),
                            "feed '" + taker.name()
                                    + "' would load the mirror's files as data; choose a place outside its prefix")));
        }
        return faults;
    }

    private Optional<String> other(String name) {
        return feeds.named(name).isPresent()
                ? Optional.of("feed")
                : Optional.of("sync").filter(sync -> syncs.named(name).isPresent());
    }

    private List<Fault> target(TableMirror mirror) {
        DataSource target = bean(mirror.target());
        String key = mirror.name() + ".target";
        if (target == null) {
            return List.of(
                    new Fault(key, mirror.target(), "no such database: add camel.beans." + mirror.target() + HOW));
        }
        return target instanceof HikariDataSource || target instanceof DataApiDataSource
                ? List.of(new Fault(
                        key,
                        mirror.target(),
                        "a target has connections of its own, not a pool's: write camel.beans." + mirror.target()
                                + HOW))
                : List.of();
    }

    private @Nullable DataSource bean(String name) {
        return context.getRegistry().lookupByNameAndType(name, DataSource.class);
    }
}
