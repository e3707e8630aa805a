package dev.caravan.work.run;

import dev.caravan.base.Shown;
import java.sql.SQLException;
import java.util.Set;
import org.apache.camel.CamelExecutionException;

/** What a failed step's exception says: whether another attempt could end otherwise, and what people are told. */
public final class StepFailure {
    /**
     * Classes of SQLSTATE that say the same however often it is tried: data, rights, syntax ("SQLSTATE classes" in the SQL standard). Refused logins (28) are
     * cured by whoever rotates them.
     */
    private static final Set<String> LASTING = Set.of("0A", "21", "22", "42");

    private StepFailure() {}

    /** Whether a database would answer alike, however often it is asked. */
    public static boolean isLasting(SQLException thrown) {
        String state = String.valueOf(thrown.getSQLState());
        return state.length() == 5 && LASTING.contains(state.substring(0, 2));
    }

    /** One line. */
    public static String inWords(Throwable thrown) {
        Throwable cause =
                thrown instanceof CamelExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return Shown.line(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
}
