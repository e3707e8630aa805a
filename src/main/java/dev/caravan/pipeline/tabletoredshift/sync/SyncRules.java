package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.base.Fault;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.redshift.target.CopyCredentials;
import dev.caravan.redshift.target.WriteMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a sync's properties must have to go together, and what it needs. */
final class SyncRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final TableSync sync;
    private final List<Fault> faults = new ArrayList<>();

    private SyncRules(TableSync sync) {
        this.sync = sync;
    }

    static List<Fault> faults(TableSync sync, Collection<TableSync> all) {
        SyncRules rules = new SyncRules(sync);
        sync.values().faults().forEach(fault -> rules.add(fault.key(), fault.value(), fault.advice()));
        rules.missing();
        rules.modes();
        rules.together();
        rules.select();
        rules.targets();
        rules.others(all);
        return rules.faults;
    }

    private void missing() {
        if (!NAME.matcher(sync.name()).matches()) {
            add("name", sync.name(), "rename the bean: 1 to 64 letters, digits, dots, hyphens or underscores");
        }
        if (sync.source().isEmpty()) {
            addIfNew("source", "missing; write the name of the source's DataSource bean");
        }
        if (sync.tables().isEmpty()) {
            addIfNew("tables", "missing; write the tables to take, for example shop.*");
        }
        if (sync.clusters().isEmpty()) {
            addIfNew("clusters", "missing; name a DataSource bean here or in caravan.clusters");
        }
        if (sync.manifestPrefix().isEmpty()) {
            addIfNew(
                    "manifestPrefix",
                    "missing; write the bucket/prefix for manifests and files, here or in caravan.manifest-prefix");
        }
        if (sync.copyCredentials() == CopyCredentials.ROLE && sync.iamRole().isEmpty()) {
            addIfNew("iamRole", "missing; write a role's ARN or default, here or in caravan.iam-role");
        }
        if (sync.copyCredentials() == CopyCredentials.KEYS
                && (sync.accessKeyId().isEmpty() || sync.secretAccessKey().isEmpty())) {
            addIfNew("accessKeyId", "copyCredentials: keys needs it, and secretAccessKey, each as a placeholder");
        }
    }

    private void modes() {
        boolean full = sync.mode() == SyncMode.FULL;
        WriteMode mode = sync.writeMode(false);
        if (!full && sync.watermark().isEmpty()) {
            addIfNew("watermark", "missing; mode: incremental needs the column that says when a row was changed");
        }
        if (full && mode == WriteMode.APPEND) {
            addIfNew(
                    "writeMode",
                    "append would add all rows again in each run of mode: full; write replace, or mode: incremental");
        }
        if (!full && mode == WriteMode.REPLACE) {
            addIfNew(
                    "writeMode",
                    "replace would leave the table with the changed rows alone; write overwriteExisting, or mode: full");
        }
        if (full && sync.deletes().any()) {
            addIfNew("deletes", "each run of mode: full removes deleted rows anyway; take it out");
        }
        if (!full && sync.deletes().any() && (mode == WriteMode.APPEND || mode == WriteMode.KEEP_EXISTING)) {
            addIfNew(
                    "deletes",
                    "rows that are there stay with this writeMode; write overwriteExisting, or take deletes out");
        }
        if (full && sync.fullEvery().isPresent()) {
            addIfNew("fullEvery", "each run of mode: full takes all rows; take it out");
        }
    }

    private void together() {
        if (sync.snapshotOf() != SnapshotOf.SYNC) {
            return;
        }
        if (sync.parallel() > 1) {
            addIfNew(
                    "parallel",
                    "snapshot: sync reads all tables by one connection, one after the other; take one of the two out");
        }
        if (sync.writeMode(false) == WriteMode.APPEND) {
            addIfNew(
                    "snapshot",
                    "with writeMode: append rows come up to a time, which cuts transactions in two; write"
                            + " overwriteExisting, or take snapshot out");
        }
    }

    private void select() {
        if (sync.values().written(SourceProperties.SELECT).isEmpty()) {
            return;
        }
        boolean oneName = sync.tables()
                .filter(patterns ->
                        patterns.single().size() == 1 && !patterns.toString().matches(".*[,*!].*"))
                .isPresent();
        if (!oneName && sync.tables().isPresent()) {
            addIfNew("tables", "with select, write the one name that its rows have, for example shop.big_orders");
        }
        if (sync.writeMode(false).isMerge() && sync.keys().isEmpty()) {
            addIfNew("keys", "missing; a select has no primary key: write the columns that tell its rows apart");
        }
        if (sync.deletes().isSoft()) {
            addIfNew(
                    "deletes",
                    "soft: looks for other rows of the same key in a table, and a select is none; write deletes: keys");
        }
        if (sync.parallel() > 1) {
            addIfNew("parallel", "a select has no index by which it could be cut into ranges; take it out");
        }
        if (sync.snapshotOf() == SnapshotOf.SYNC) {
            addIfNew("snapshot", "a select is read as its tables were at one moment anyway; take it out");
        }
    }

    private void targets() {
        boolean both = sync.values().written(TargetProperties.TABLE).isPresent()
                && sync.values().written(TargetProperties.TARGET_SCHEMA).isPresent();
        if (both) {
            addIfNew("targetSchema", "table says the schema as well; take one of them out");
        }
        boolean oneTable = sync.values()
                .written(TargetProperties.TABLE)
                .filter(text -> !text.contains(TargetProperties.TABLE_PART))
                .isPresent();
        boolean many = sync.tables()
                .filter(patterns ->
                        patterns.toString().contains("*") || patterns.single().size() > 1)
                .isPresent();
        if (oneTable && many) {
            addIfNew(
                    "table", "several tables would go into one; write " + TargetProperties.TABLE_PART + " in its name");
        }
    }

    /** Two syncs that name the same tables alike; which tables patterns name is known when they are listed. */
    private void others(Collection<TableSync> all) {
        Map<TableId, String> single = new TreeMap<>(Comparator.comparing(TableId::toString));
        for (TableSync other : all) {
            if (other.name().compareTo(sync.name()) < 0 && other.source().equals(sync.source())) {
                other.tables()
                        .ifPresent(patterns -> patterns.single().forEach(table -> single.put(table, other.name())));
            }
        }
        sync.tables()
                .ifPresent(patterns -> patterns.single().stream()
                        .filter(single::containsKey)
                        .findFirst()
                        .ifPresent(table -> addIfNew(
                                "tables",
                                "sync '" + single.get(table) + "' takes " + table + " as well; one of them can")));
    }

    private void add(String property, String value, String advice) {
        faults.add(new Fault(sync.name() + "." + property, value, advice));
    }

    private void addIfNew(String property, String advice) {
        String key = sync.name() + "." + property;
        if (faults.stream().noneMatch(fault -> fault.key().equals(key))) {
            faults.add(new Fault(key, "", advice));
        }
    }
}
