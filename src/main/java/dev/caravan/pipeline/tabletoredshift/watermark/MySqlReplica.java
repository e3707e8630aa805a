package dev.caravan.pipeline.tabletoredshift.watermark;

import dev.caravan.pipeline.tabletoredshift.source.MySqlReplication;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Whether rows come from another server as well, whose open transactions nobody sees here. */
final class MySqlReplica {
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
        List<OptionalLong> lags = MySqlReplication.secondsBehind(statement).orElse(List.of());
        lags.forEach(this::behind);
        return !lags.isEmpty();
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
}
