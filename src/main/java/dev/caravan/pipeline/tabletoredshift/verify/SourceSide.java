package dev.caravan.pipeline.tabletoredshift.verify;

import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The source's rows as an extraction would load them.
 *
 * @param key the column of ranges, in the source's spelling; of no use if all rows are read
 */
record SourceSide(Snapshot snapshot, Selection selection, Set<Policy> policies, String key, HashedRow row)
        implements Side {
    @Override
    public void read(KeyRange range, Consumer<HashedRow> rows) throws IOException, SQLException, ValueRefused {
        String condition = range.equals(KeyRange.ALL)
                ? ""
                : range.condition(selection.table().kind().identifier(key));
        snapshot.read(condition.isEmpty() ? selection : selection.and(condition), policies, values -> {
            for (int i = 0; i < selection.columns().size(); i++) {
                row.set(i, values.isNull(i) ? null : values.text(i));
            }
            row.complete();
            rows.accept(row);
        });
    }
}
