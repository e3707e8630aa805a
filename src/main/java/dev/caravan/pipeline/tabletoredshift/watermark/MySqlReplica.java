package dev.caravan.pipeline.tabletoredshift.watermark;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Whether rows come from another server as well, whose open transactions nobody sees here. */
final class MySqlReplica {
    private static final int ACCESS_DENIED = 1227;
    /** MariaDB's, for all it replicates from; MySQL's; the one that both had before. */
    private static final List<String> STATUS =
            List.of("SHOW ALL SLAVES STATUS", "SHOW REPLICA STATUS", "SHOW SLAVE STATUS");

    private static final String ONLY_OVERLAP = "transactions that are open there aren't seen here, and only the overlap"
            + " keeps their rows from being missed. Take tables from the server that is written to, or give an overlap that is"
            + " longer than any transaction";

    private final Statement statement;
    private final SafeBound bound;

    MySqlReplica(Statement statement, SafeBound bound) {
        this.statement = statement;
        this.bound = bound;
    }

    /**
     * Asks.
     *
     * @param applies whether a thread was seen that applies what another server has written
     */
    void ask(boolean applies) throws SQLException {
        if (!replicates() && applies) {
            bound.warn(
                    "The source replicates from another server: " + ONLY_OVERLAP
                            + ". How far it is behind, it tells whom REPLICATION CLIENT is granted (in MariaDB, SLAVE MONITOR)");
            return;
        }
        try (ResultSet rows = statement.executeQuery(
                "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('innodb_read_only', 'wsrep_on', 'group_replication_single_primary_mode')")) {
            while (rows.next()) {
                boolean on = String.valueOf(rows.getString(2)).equals("ON");
                String variable = String.valueOf(rows.getString(1)).toLowerCase(Locale.ROOT);
                if (on != variable.startsWith("group_replication")) {
                    bound.warn("The source is one of several servers of the same data (" + variable + " is "
                            + (on ? "ON" : "OFF") + "): " + ONLY_OVERLAP);
                }
            }
        }
    }

    private boolean replicates() throws SQLException {
        for (String query : STATUS) {
            try (ResultSet rows = statement.executeQuery(query)) {
                boolean any = false;
                while (rows.next()) {
                    any = true;
                    behind(lag(rows));
                }
                return any;
            } catch (SQLException e) {
                if (e.getErrorCode() == ACCESS_DENIED) {
                    return false;
                }
                if (!"42000".equals(e.getSQLState())) {
                    throw e;
                }
                // no such statement here
            }
        }
        return false;
    }

    private void behind(OptionalLong lag) {
        if (lag.isEmpty()) {
            bound.knownUntil(Instant.EPOCH);
            bound.warn(
                    "The source is a replica that doesn't replicate now, and doesn't say how far it is: runs read from where"
                            + " they have come to, and come no further until it goes on");
            return;
        }
        bound.behind(Duration.ofSeconds(lag.getAsLong()));
        bound.warn("The source is a replica: " + ONLY_OVERLAP);
    }

    private static OptionalLong lag(ResultSet row) throws SQLException {
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
