package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.base.Fault;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.Values;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All syncs: which of them takes a table, and what is wrong with them. Safe for use by many threads. */
public final class Syncs {
    private final Supplier<Map<String, TableSync>> beans;
    private final Values shared = new Values(SyncProperties.ALL);

    /**
     * @param beans by their names, for example all beans of that type in Camel's registry
     * @param defaults what a sync takes when it doesn't say otherwise, by the setting's key
     */
    public Syncs(Supplier<Map<String, TableSync>> beans, Map<String, String> defaults) {
        this.beans = beans;
        for (Property<?> property : SyncProperties.ALL.all()) {
            property.setting().map(defaults::get).ifPresent(text -> shared.set(property.name(), text));
        }
    }

    /** By name. */
    public SortedMap<String, TableSync> all() {
        SortedMap<String, TableSync> all = new TreeMap<>(beans.get());
        all.forEach((name, sync) -> sync.adopt(name, shared));
        return all;
    }

    public Optional<TableSync> named(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /** Which of these tables of its source a sync takes: those that it names, and no other sync of the source names more exactly. */
    public List<TableId> taken(TableSync sync, List<TableId> tables) {
        List<TableSync> ofSource = of(sync.source());
        return tables.stream()
                .filter(table -> sync.exactness(table) > 0)
                .filter(table -> taker(ofSource, table)
                        .filter(most -> most.name().equals(sync.name()))
                        .isPresent())
                .toList();
    }

    /** The sync that takes a table of a source; empty if none does. */
    public Optional<TableSync> taker(String source, TableId table) {
        return taker(of(source), table);
    }

    private List<TableSync> of(String source) {
        return all().values().stream()
                .filter(sync -> sync.source().equals(source))
                .toList();
    }

    private static Optional<TableSync> taker(List<TableSync> ofSource, TableId table) {
        return ofSource.stream()
                .filter(sync -> sync.exactness(table) > 0)
                .max(Comparator.comparingInt((TableSync other) -> other.exactness(table))
                        .thenComparing(TableSync::name, Comparator.reverseOrder()));
    }

    /** Everything that is wrong now; a fault's key is {@code sync.property}. */
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        SortedMap<String, TableSync> all = all();
        all.forEach((name, sync) -> faults.addAll(SyncRules.faults(sync, all.values())));
        return faults;
    }
}
