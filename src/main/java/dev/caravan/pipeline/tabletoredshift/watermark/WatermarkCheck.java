package dev.caravan.pipeline.tabletoredshift.watermark;

import dev.caravan.base.Nearest;
import dev.caravan.base.Shown;
import dev.caravan.pipeline.tabletoredshift.source.ColumnUpkeep;
import dev.caravan.pipeline.tabletoredshift.source.SourceCatalog;
import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a column can say how far a table has come: asked when a run is planned.
 *
 * @param refusals why it can't, with what to do; rows would be skipped, or come twice
 * @param warnings what a person should know
 */
public record WatermarkCheck(List<String> refusals, List<String> warnings) {
    private static final Set<String> NUMBERS =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "int2", "int4", "int8", "numeric");

    public WatermarkCheck {
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    /**
     * Looks at a column.
     *
     * @param merged whether rows replace those of the same key; else they are only added
     * @param zone in which the column's values are, if it has none itself; empty for the server's
     */
    public static WatermarkCheck of(
            SourceCatalog catalog, SourceTable table, String name, boolean merged, Optional<ZoneId> zone)
            throws SQLException {
        Found found = new Found(table, Shown.line(table.id() + ": "));
        Optional<SourceColumn> column = table.columns().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        Optional<ColumnUpkeep> upkeep = catalog.upkeep(table.id(), name);
        boolean select = table.statement().isPresent();
        if (column.isEmpty() || (upkeep.isEmpty() && !select)) {
            List<String> names =
                    table.columns().stream().map(SourceColumn::name).toList();
            found.refuse("there is no column " + name + ", which the watermark is to be taken from"
                    + Nearest.hint(name, names).map(hint -> ": " + hint).orElse(""));
        } else if (TimeColumn.form(table.kind(), column.get()).isEmpty()) {
            noTime(found, column.get());
        } else {
            time(found, column.get(), zone);
            if (select) {
                select(found, column.get(), merged);
            } else if (merged) {
                merged(found, column.get(), upkeep.orElseThrow());
            } else {
                appended(found, column.get(), upkeep.orElseThrow());
            }
            if (upkeep.isPresent()
                    && !upkeep.get().leadsIndex()
                    && !table.engine().isEmpty()) {
                found.warn("no index begins with column " + name + ", so that each run reads the whole table. Add one: "
                        + index(table, name));
            }
        }
        return new WatermarkCheck(found.refusals, found.warnings);
    }

    private static void noTime(Found found, SourceColumn column) {
        String add = found.isMySql()
                ? "updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)"
                : "updated_at timestamptz NOT NULL DEFAULT now(), with a trigger that sets it before each update";
        String why = NUMBERS.contains(column.type())
                ? ". A row may get a smaller number and be committed after one that has a larger: it would be skipped, and so"
                        + " would be all that is updated"
                : "";
        found.refuse("column " + column.name() + " of type " + column.declared() + " doesn't say when a row was written"
                + why + ". Take a column of a time as watermark, or add one: " + add);
    }

    private static void time(Found found, SourceColumn column, Optional<ZoneId> zone) {
        TimeColumn.Form form = TimeColumn.form(found.table.kind(), column).orElseThrow();
        if (form != TimeColumn.Form.INSTANT && zone.isEmpty()) {
            if (found.isMySql()) {
                found.warn("values of column " + column.name() + " of type " + column.declared()
                        + " are taken to be in the server's time zone. If an application writes them in another one, name it"
                        + " (watermarkZone: UTC)");
            } else {
                found.refuse("values of column " + column.name() + " of type " + column.declared()
                        + " are in a time zone that PostgreSQL doesn't know. Name the one in which they are written"
                        + " (watermarkZone: UTC)");
            }
        }
        if (form == TimeColumn.Form.DATE) {
            found.warn("column " + column.name()
                    + " has no time of day, so that each run reads a whole day anew, or, where rows"
                    + " are only added, a day comes when it is over");
        }
        String engine = found.table.engine();
        if (found.isMySql() && !engine.isEmpty() && !engine.equals("InnoDB")) {
            found.warn("the table's engine is " + engine
                    + ", and the source tells of open transactions of InnoDB only: rows of"
                    + " others that take longer than the overlap can be missed");
        }
    }

    /** Who sets a column of a select, and how it is found, nobody says. */
    private static void select(Found found, SourceColumn column, boolean merged) {
        if (column.nullable() && !merged) {
            found.refuse(
                    "column " + column.name() + " may be NULL, as far as the source says it of a select, and where rows"
                            + " are only added, those where it is would be skipped. Give keys to merge by");
        }
        if (merged) {
            found.warn("a row of the select comes again only if column " + column.name()
                    + " has a later time then. Of joined"
                    + " tables it has to be the latest of all: GREATEST(a.updated_at, b.updated_at)");
        }
    }

    private static void merged(Found found, SourceColumn column, ColumnUpkeep upkeep) {
        if (column.nullable()) {
            found.warn("column " + column.name() + " may be NULL; rows where it is are read by each run");
        }
        if (!upkeep.setOnUpdate()) {
            found.warn(
                    found.isMySql()
                            ? "column " + column.name()
                                    + " has no ON UPDATE CURRENT_TIMESTAMP: rows come again only if who updates"
                                    + " them sets it, too. Its clock may differ from the source's by the overlap at the most"
                            : "no trigger sets column " + column.name()
                                    + " before updates: rows come again only if who updates"
                                    + " them sets it, too. Its clock may differ from the source's by the overlap at the most");
        }
    }

    private static void appended(Found found, SourceColumn column, ColumnUpkeep upkeep) {
        if (column.nullable()) {
            found.refuse("column " + column.name()
                    + " may be NULL, and where rows are only added, those where it is would be"
                    + " skipped. Make it NOT NULL, or give keys to merge by");
        }
        if (upkeep.byDefault().contains("0000-00-00")) {
            found.refuse("column " + column.name()
                    + " is 0000-00-00 by default, and where rows are only added, those where it is"
                    + " would be skipped. Give it the default CURRENT_TIMESTAMP, or give keys to merge by");
        }
        if (found.isMySql() && upkeep.setOnUpdate()) {
            found.warn("column " + column.name()
                    + " is set anew when a row is updated, which then comes once more, as a further"
                    + " row. If rows are updated, give keys to merge by");
        }
    }

    private static String index(SourceTable table, String column) {
        SourceKind kind = table.kind();
        String on = kind.identifier(table.id()), by = " (" + kind.identifier(column) + ")";
        return kind == SourceKind.MYSQL ? "ALTER TABLE " + on + " ADD INDEX" + by : "CREATE INDEX ON " + on + by;
    }

    /** What was found so far. */
    private static final class Found {
        private final List<String> refusals = new ArrayList<>(), warnings = new ArrayList<>();
        private final SourceTable table;
        private final String prefix;

        Found(SourceTable table, String prefix) {
            this.table = table;
            this.prefix = prefix;
        }

        boolean isMySql() {
            return table.kind() == SourceKind.MYSQL;
        }

        void refuse(String sentence) {
            refusals.add(prefix + Shown.line(sentence));
        }

        void warn(String sentence) {
            warnings.add(prefix + Shown.line(sentence));
        }
    }
}
