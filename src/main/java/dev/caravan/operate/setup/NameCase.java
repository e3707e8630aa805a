package dev.caravan.operate.setup;

import dev.caravan.redshift.target.ClusterNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How a cluster's catalogue has a name that stands in quotes.
 *
 * @param kept whether it keeps the name's case; it folds it otherwise
 */
public record NameCase(boolean kept) {

    /** As the connection's sessions have it; a cluster that doesn't tell folds. The connection is in no transaction. */
    public static NameCase of(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SHOW enable_case_sensitive_identifier");
            try (ResultSet rows = statement.getResultSet()) {
                return new NameCase(rows != null
                        && rows.next()
                        && String.valueOf(rows.getString(1)).matches("(?i)on|t|true|1"));
            }
        } catch (SQLException e) {
            return new NameCase(false);
        }
    }

    /** The name as the catalogue has it. */
    public String inCatalogue(String name) {
        return kept ? name : ClusterNames.folded(name);
    }
}
