package dev.caravan.cli.syncs;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.runs.Run;
import dev.caravan.pipeline.tabletoredshift.run.TableState;
import java.util.List;
import java.util.stream.Collectors;

/** How far a run is, in a line. */
final class RunProgress {
    private RunProgress() {}

    /** @param tables the run's; none before they are listed */
    static String of(Run run, List<TableState> tables) {
        if (tables.isEmpty()) {
            return run.reason().isEmpty() ? "listing tables" : "waiting: " + run.reason();
        }
        long read = count(tables, "read");
        long failed = count(tables, "failed");
        long rows = tables.stream().mapToLong(TableState::rows).sum();
        return read + " of " + Quantity.count(tables.size(), "table") + " read"
                + (failed > 0 ? ", " + failed + " failed" : "")
                + ", " + Quantity.count(rows, "row")
                + (read + failed == tables.size() ? ", loading" : reading(tables))
                + (run.reason().isEmpty() ? "" : "; " + run.reason());
    }

    /** {@code ; shop.orders: 1,200 rows of about 5,000 rows, 300 rows/s}, for each table of which that is known. */
    private static String reading(List<TableState> tables) {
        return tables.stream()
                .filter(table -> table.pace().isPresent())
                .map(table -> "; " + table.table() + ": " + Quantity.count(table.rows(), "row")
                        + (table.expectedRows() > 0 ? " " : ", ") + table.pace().orElseThrow())
                .collect(Collectors.joining());
    }

    private static long count(List<TableState> tables, String state) {
        return tables.stream().filter(table -> table.state().equals(state)).count();
    }
}
