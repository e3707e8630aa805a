package dev.caravan.pipeline.redshifttopostgres.mirror;

import dev.caravan.base.Fault;
import dev.caravan.redshift.target.ClusterNames;
import dev.caravan.redshift.target.CopyCredentials;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** What a mirror's properties must have to go together, and what it needs. */
final class MirrorRules {
    /** State tables have it in their names, of which Redshift takes 127 bytes. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final TableMirror mirror;
    private final List<Fault> faults = new ArrayList<>();

    private MirrorRules(TableMirror mirror) {
        this.mirror = mirror;
    }

    static List<Fault> faults(TableMirror mirror, Collection<TableMirror> all) {
        MirrorRules rules = new MirrorRules(mirror);
        mirror.values().faults().forEach(fault -> rules.add(fault.key(), fault.value(), fault.advice()));
        rules.missing();
        rules.together();
        rules.others(all);
        return rules.faults;
    }

    private void missing() {
        if (!NAME.matcher(mirror.name()).matches()) {
            add("name", mirror.name(), "rename the bean: 1 to 64 letters, digits, dots, hyphens or underscores");
        }
        if (mirror.source().isEmpty()) {
            addIfNew("source", "missing; write the name of the cluster's DataSource bean");
        }
        if (mirror.from().isEmpty()) {
            addIfNew("table", "missing; write the table in Redshift, schema.table, or a query");
        }
        if (mirror.keys().isEmpty()) {
            addIfNew("keys", "missing; write the columns that tell rows apart, for example id");
        }
        if (mirror.target().isEmpty()) {
            addIfNew("target", "missing; write the name of PostgreSQL's DataSource bean");
        }
        if (mirror.targetTable().isEmpty()) {
            addIfNew("targetTable", "missing; write the table in PostgreSQL, schema.table");
        }
        if (mirror.manifestPrefix().isEmpty()) {
            addIfNew(
                    "manifestPrefix",
                    "missing; write the bucket/prefix that files pass through, here or in caravan.manifest-prefix");
        }
        if (mirror.copyCredentials() == CopyCredentials.ROLE && mirror.iamRole().isEmpty()) {
            addIfNew("iamRole", "missing; write a role's ARN or default, here or in caravan.iam-role");
        }
        if (mirror.copyCredentials() == CopyCredentials.KEYS && !mirror.hasKeys()) {
            addIfNew("accessKeyId", "copyCredentials: keys needs it, and secretAccessKey, each as a placeholder");
        }
    }

    private void together() {
        if (mirror.values().written(FromProperties.TABLE).isPresent()
                && mirror.values().written(FromProperties.QUERY).isPresent()) {
            addIfNew("query", "table says already what is mirrored; take one of them out");
        }
        ColumnPairs columns = mirror.columns();
        mirror.keys().stream()
                .filter(key -> columns.out().contains(key)
                        || (!columns.others() && !columns.named().containsKey(key)))
                .findFirst()
                .ifPresent(key -> addIfNew("columns", "key " + key + " isn't among them; take it in"));
    }

    /** Two mirrors that fill the same table would delete each other's rows. */
    private void others(Collection<TableMirror> all) {
        all.stream()
                .filter(other -> !other.name().equals(mirror.name())
                        && ClusterNames.folded(other.name()).equals(ClusterNames.folded(mirror.name())))
                .findFirst()
                .ifPresent(other -> addIfNew(
                        "name",
                        "there is a mirror '" + other.name() + "', and their tables would have the same names"
                                + " in Redshift; rename one"));
        all.stream()
                .filter(other -> other.name().compareTo(mirror.name()) < 0
                        && !mirror.targetTable().isEmpty()
                        && other.target().equals(mirror.target())
                        && other.targetTable().equals(mirror.targetTable()))
                .findFirst()
                .ifPresent(other -> addIfNew(
                        "targetTable", "mirror '" + other.name() + "' fills this table already; one of them can"));
    }

    private void add(String property, String value, String advice) {
        faults.add(new Fault(mirror.name() + "." + property, value, advice));
    }

    private void addIfNew(String property, String advice) {
        String key = mirror.name() + "." + property;
        if (faults.stream().noneMatch(fault -> fault.key().equals(key))) {
            faults.add(new Fault(key, "", advice));
        }
    }
}
