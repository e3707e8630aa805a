package dev.caravan.pipeline.redshifttopostgres.mirror;

import dev.caravan.base.Fault;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All mirrors, and what is wrong with them. Safe for use by many threads. */
public final class Mirrors {
    private final Supplier<Map<String, TableMirror>> beans;
    private final Values shared = new Values(MirrorProperties.ALL);

    /**
     * @param beans by their names, for example all beans of that type in Camel's registry
     * @param defaults what a mirror takes when it doesn't say otherwise, by the setting's key
     */
    public Mirrors(Supplier<Map<String, TableMirror>> beans, Map<String, String> defaults) {
        this.beans = beans;
        for (Property<?> property : MirrorProperties.ALL.all()) {
            property.setting().map(defaults::get).ifPresent(text -> shared.set(property.name(), text));
        }
    }

    /** By name. */
    public SortedMap<String, TableMirror> all() {
        SortedMap<String, TableMirror> all = new TreeMap<>(beans.get());
        all.forEach((name, mirror) -> mirror.adopt(name, shared));
        return all;
    }

    public Optional<TableMirror> named(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /** Everything that is wrong now; a fault's key is {@code mirror.property}. */
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        SortedMap<String, TableMirror> all = all();
        all.forEach((name, mirror) -> faults.addAll(MirrorRules.faults(mirror, all.values())));
        return faults;
    }
}
