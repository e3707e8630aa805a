package dev.caravan.pipeline.tabletoredshift.pace;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * How far a standby of PostgreSQL is behind. Its last replayed transaction is old as well when the primary has nothing to do: so one that has replayed all that it
 * has received, and still receives, is behind by nothing ("pg_last_xact_replay_timestamp", "Recovery Information Functions" in PostgreSQL's manual). Everybody may
 * ask; of {@code pg_stat_wal_receiver}, everybody sees whether there is one.
 */
final class PostgresLoad {
    private static final String LAG = """
            SELECT pg_is_in_recovery() AS standby,
                   CASE WHEN pg_is_in_recovery() AND pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
                             AND EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver WHERE pid IS NOT NULL) THEN 0
                        ELSE (extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::bigint
                   END AS millis
            """;

    private PostgresLoad() {}

    static ReplicaLag lag(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(LAG)) {
            row.next();
            if (!row.getBoolean("standby")) {
                return new ReplicaLag.NoReplica();
            }
            long millis = row.getLong("millis");
            return row.wasNull() ? new ReplicaLag.Unknown() : new ReplicaLag.Behind(Duration.ofMillis(millis));
        }
    }
}
