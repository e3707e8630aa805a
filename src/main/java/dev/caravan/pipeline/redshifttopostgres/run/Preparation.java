package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.database.Databases;
import dev.caravan.pipeline.redshifttopostgres.column.MirrorColumns;
import dev.caravan.pipeline.redshifttopostgres.column.Pairing;
import dev.caravan.pipeline.redshifttopostgres.column.Signature;
import dev.caravan.pipeline.redshifttopostgres.column.SourceColumn;
import dev.caravan.pipeline.redshifttopostgres.mirror.OnColumnChange;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetColumns;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.redshift.copy.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks both databases what a mirror's columns are, and the target what it holds. */
public final class Preparation {
    private final Clusters clusters;
    private final Databases databases;

    Preparation(Clusters clusters, Databases databases) {
        this.clusters = clusters;
        this.databases = databases;
    }

    /**
     * What both have said.
     *
     * @param held what the target says that it holds; empty if it never held anything of this mirror
     * @param columns those of the mirror
     * @param isEmpty whether the target has no row
     * @param missing columns that the target lacks, with their types
     */
    public record Prepared(
            Optional<Held> held,
            MirrorColumns columns,
            MirroredTable table,
            boolean isEmpty,
            Map<String, String> missing,
            List<String> warnings) {
        /** As the target's ledger has it. */
        String signature() {
            return columns.signature(table.inWords());
        }

        boolean isOfOtherColumns() {
            return held.filter(h -> !h.signature().isEmpty() && !h.signature().equals(signature()))
                    .isPresent();
        }
    }

    /** Changes nothing. */
    Prepared prepare(TableMirror mirror) throws SQLException, MirrorRefused {
        List<SourceColumn> source;
        try (Connection cluster = clusters.connect(mirror.source())) {
            source = SourceColumn.of(cluster, mirror.relation());
        }
        try (Connection target = databases.connect(mirror.target())) {
            TargetColumns there = TargetColumns.of(
                    target, mirror.targetTable().get(0), mirror.targetTable().get(1));
            if (!there.isThere()) {
                throw new MirrorRefused("There is no table " + String.join(".", mirror.targetTable()) + " in "
                        + mirror.target() + ": create it, with the columns of " + mirror.from()
                        + " and a primary key, or correct targetTable");
            }
            Optional<Held> held = TargetLedger.held(target, mirror.name());
            return prepared(mirror, source, there, held, isEmpty(target, mirror));
        }
    }

    private static Prepared prepared(
            TableMirror mirror, List<SourceColumn> source, TargetColumns there, Optional<Held> held, boolean isEmpty)
            throws MirrorRefused {
        Map<String, String> types = new LinkedHashMap<>();
        there.all().forEach(column -> types.put(column.name(), column.baseType()));
        Optional<Set<String>> known = mirror.onColumnChange() == OnColumnChange.IGNORE_NEW
                ? held.map(h -> Signature.of(h.signature()).sources()).filter(names -> !names.isEmpty())
                : Optional.empty();
        Pairing pairing = Pairing.of(mirror.columns(), mirror.keys(), source, types, known);
        if (!pairing.faults().isEmpty()) {
            throw new MirrorRefused(mirror.inWords() + ": " + String.join("; ", pairing.faults()));
        }
        Prepared prepared = new Prepared(
                held,
                pairing.columns(),
                new MirroredTable(
                        there.schema(),
                        there.table(),
                        pairing.columns().targetKeys(),
                        pairing.columns().targets()),
                isEmpty,
                pairing.missing(),
                pairing.warnings());
        if (mirror.onColumnChange() == OnColumnChange.FAIL && prepared.isOfOtherColumns()) {
            throw new MirrorRefused("The columns of " + mirror.from() + " are others than " + mirror.target()
                    + " was filled with, and onColumnChange is fail: "
                    + Signature.of(prepared.signature())
                            .since(Signature.of(held.map(Held::signature).orElse("")))
                    + ". Nothing was changed. To go on with them: caravan rebase mirror " + mirror.name());
        }
        if (mirror.onColumnChange() == OnColumnChange.FAIL && !pairing.missing().isEmpty()) {
            throw new MirrorRefused(String.join(".", mirror.targetTable()) + " lacks columns: "
                    + pairing.missing().entrySet().stream()
                            .map(column -> "ALTER TABLE ADD COLUMN " + column.getKey() + " " + column.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return prepared;
    }

    private static boolean isEmpty(Connection target, TableMirror mirror) throws SQLException {
        try (Statement statement = target.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT 1 FROM " + SqlText.identifiers(mirror.targetTable(), ".") + " LIMIT 1")) {
            return !row.next();
        }
    }

    /** Adds columns that the target lacks. */
    void addMissing(TableMirror mirror, Prepared prepared) throws SQLException {
        if (prepared.missing().isEmpty()) {
            return;
        }
        try (Connection target = databases.connect(mirror.target())) {
            for (Map.Entry<String, String> column : prepared.missing().entrySet()) {
                TargetColumns.add(target, prepared.table(), column.getKey(), column.getValue(), LOCK);
            }
        }
    }

    static final Duration LOCK = Duration.ofSeconds(5);
}
