package dev.caravan.pipeline.tabletoredshift.pace;

import dev.caravan.pipeline.tabletoredshift.source.MySqlReplication;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How much MySQL or MariaDB has to do. */
final class MySqlLoad {
    private MySqlLoad() {}

    /** Threads that aren't asleep; needs no right. */
    static OptionalLong threadsRunning(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Threads\\_running'")) {
            return rows.next() ? OptionalLong.of(rows.getLong(2)) : OptionalLong.empty();
        }
    }

    static ReplicaLag lag(Statement statement) throws SQLException {
        Optional<List<OptionalLong>> lags = MySqlReplication.secondsBehind(statement);
        if (lags.isEmpty()) {
            return new ReplicaLag.Denied("GRANT REPLICATION CLIENT ON *.* (in MariaDB, SLAVE MONITOR)");
        }
        if (lags.get().isEmpty()) {
            return new ReplicaLag.NoReplica();
        }
        if (lags.get().stream().anyMatch(OptionalLong::isEmpty)) {
            return new ReplicaLag.Unknown();
        }
        return new ReplicaLag.Behind(Duration.ofSeconds(
                lags.get().stream().mapToLong(OptionalLong::getAsLong).max().orElse(0)));
    }
}
