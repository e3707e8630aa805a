package dev.caravan.operate.preflight;

import dev.caravan.base.Nearest;
import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.TableCheck;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Whether a sync could take its tables: a line for each that it couldn't, or of which something is to be known, and one for all others. */
record SyncTableChecks(TableSync sync, Snapshot snapshot, Consumer<Finding> findings) {
    private static final int MOST_NAMES = 10;

    /**
     * Looks.
     *
     * @param readable all tables that the user may read
     * @param hidden those that are there and that it may not
     * @param taken the sync's
     * @param end by {@link System#nanoTime}
     */
    void run(List<TableId> readable, List<TableId> hidden, List<TableId> taken, long end) throws SQLException {
        List<TableId> refused =
                hidden.stream().filter(table -> sync.exactness(table) > 0).toList();
        if (!refused.isEmpty()) {
            findings.accept(Finding.warn(
                    about("SELECT"),
                    "the source's user may not read " + names(refused) + ", so that no run takes "
                            + (refused.size() == 1 ? "it" : "them")
                            + ": GRANT SELECT, or leave out what isn't wanted (!)"));
        }
        for (String pattern : sync.unmatched(readable)) {
            if (refused.stream().noneMatch(table -> table.toString().equals(pattern))) {
                findings.accept(unmatched(pattern, readable));
            }
        }
        if (taken.isEmpty()) {
            findings.accept(Finding.fail(
                    about("tables"),
                    "it takes none: the source has none that tables (" + sync.patterns()
                            + ") names and its user may read, or other syncs take them"));
            return;
        }
        tables(taken, end);
    }

    private Finding unmatched(String pattern, List<TableId> readable) {
        if (pattern.contains("*")) {
            return Finding.warn(
                    about("tables"), "no table that the source's user may read is one of " + pattern + " now");
        }
        List<String> there = readable.stream().map(TableId::toString).toList();
        return Finding.fail(
                about("tables"),
                "there is no table " + pattern + ", or the source's user may not read it: "
                        + Nearest.hint(pattern, there).orElse("GRANT SELECT, or change the sync's tables"));
    }

    private void tables(List<TableId> taken, long end) throws SQLException {
        int good = 0;
        int looked = 0;
        for (TableId table : taken) {
            if (System.nanoTime() - end >= 0) {
                break;
            }
            TableCheck check = TableCheck.of(sync, snapshot, table);
            check.faults().forEach(fault -> findings.accept(Finding.fail(about(table), said(table, fault))));
            check.warnings().forEach(warning -> findings.accept(Finding.warn(about(table), said(table, warning))));
            good += check.faults().isEmpty() ? 1 : 0;
            looked++;
        }
        if (good > 0) {
            findings.accept(Finding.ok(
                    about("tables"),
                    (good == taken.size() ? "" : good + " of ") + Quantity.count(taken.size(), "table")
                            + " can be read as the sync says"));
        }
        if (looked < taken.size()) {
            findings.accept(SourceChecks.notLookedAt(sync, taken.size() - looked));
        }
    }

    /** Without the table's name, which the line begins with. */
    private static String said(TableId table, String sentence) {
        String name = table.toString();
        return Shown.line(
                sentence.startsWith(name) ? sentence.substring(name.length()).replaceFirst("^:? ", "") : sentence);
    }

    private static String names(List<TableId> tables) {
        String some = tables.stream().limit(MOST_NAMES).map(TableId::toString).collect(Collectors.joining(", "));
        int more = tables.size() - MOST_NAMES;
        return more > 0 ? some + " and " + Quantity.count(more, "other") : some;
    }

    private String about(Object what) {
        return Shown.line(sync.name() + ": " + what);
    }
}
