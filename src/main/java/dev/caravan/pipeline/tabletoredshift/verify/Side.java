package dev.caravan.pipeline.tabletoredshift.verify;

import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Consumer;

/** The rows of a source or of a cluster, streamed. */
interface Side {
    /** Reads the rows of a range, in any order. */
    void read(KeyRange range, Consumer<HashedRow> rows) throws IOException, SQLException, ValueRefused;
}
