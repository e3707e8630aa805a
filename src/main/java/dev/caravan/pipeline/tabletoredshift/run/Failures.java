package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.base.Shown;
import dev.caravan.pipeline.tabletoredshift.table.SnapshotTooLong;
import dev.caravan.pipeline.tabletoredshift.table.TableRefused;
import java.sql.SQLException;
import java.util.Set;
import org.apache.camel.CamelExecutionException;

/** What follows from a failure: whether to try again, and what people are told. */
final class Failures {
    /**
     * Classes of SQLSTATE that say the same however often it is tried: data, rights, syntax ("SQLSTATE classes" in the SQL standard). Refused logins (28) are
     * cured by whoever rotates them.
     */
    private static final Set<String> LASTING = Set.of("0A", "21", "22", "42");

    private Failures() {}

    /** Whether another attempt would end alike. */
    static boolean isLasting(Throwable thrown) {
        if (thrown instanceof SQLException sql) {
            String state = String.valueOf(sql.getSQLState());
            return state.length() == 5 && LASTING.contains(state.substring(0, 2));
        }
        return thrown instanceof SnapshotTooLong || thrown instanceof TableRefused;
    }

    static String inWords(Throwable thrown) {
        Throwable cause =
                thrown instanceof CamelExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return Shown.line(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
}
