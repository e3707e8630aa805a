package dev.caravan.pipeline.tabletoredshift.source;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What a server of MySQL or MariaDB says of the servers that it replicates from. */
public final class MySqlReplication {
    private static final int ACCESS_DENIED = 1227;
    /** MariaDB's, for all it replicates from; MySQL's; the one that both had before. */
    private static final List<String> STATUS =
            List.of("SHOW ALL SLAVES STATUS", "SHOW REPLICA STATUS", "SHOW SLAVE STATUS");

    private MySqlReplication() {}

    /**
     * By how many seconds it is behind each of them.
     *
     * @return of each, empty if it doesn't replicate now; none if it isn't a replica; empty if the user may not know
     */
    public static Optional<List<OptionalLong>> secondsBehind(Statement statement) throws SQLException {
        for (String query : STATUS) {
            try (ResultSet rows = statement.executeQuery(query)) {
                List<OptionalLong> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(seconds(rows));
                }
                return Optional.of(all);
            } catch (SQLException e) {
                if (e.getErrorCode() == ACCESS_DENIED) {
                    return Optional.empty();
                }
                if (!"42000".equals(e.getSQLState())) {
                    throw e;
                }
                // no such statement here
            }
        }
        return Optional.empty();
    }

    private static OptionalLong seconds(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            if (columns.getColumnLabel(i).toLowerCase(Locale.ROOT).startsWith("seconds_behind_")) {
                long seconds = row.getLong(i);
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(seconds);
            }
        }
        return OptionalLong.empty();
    }
}
