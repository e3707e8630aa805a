package dev.caravan.operate.preflight;

import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import dev.caravan.database.Databases;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.SourceStatement;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.SyncMode;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A source as such, and what its syncs take of it: on one connection, in one snapshot. No table is read. */
final class SourceChecks {
    /** For the tables of one source; what isn't looked at by then, is said. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** Of {@code MySqlReplica}'s warnings. */
    private static final Predicate<String> REPLICA =
            Pattern.compile("is a replica|replicates|several servers").asPredicate();

    private static final int LONGEST_ANSWER_MILLIS = 30_000;

    private final String source;
    private final Databases sources;
    private final Syncs syncs;
    private final Duration longest;
    private final Consumer<Finding> findings;

    SourceChecks(String source, Databases sources, Syncs syncs, Duration longest, Consumer<Finding> findings) {
        this.source = source;
        this.sources = sources;
        this.syncs = syncs;
        this.longest = longest;
        this.findings = findings;
    }

    /** @param of those syncs of the source that are asked about */
    void run(List<TableSync> of) {
        long end = System.nanoTime() + longest.toNanos();
        Connection connection;
        try {
            connection = sources.connect(source);
            connection.setNetworkTimeout(Runnable::run, LONGEST_ANSWER_MILLIS);
        } catch (SQLException e) {
            findings.accept(Finding.fail(about("login"), SourceLogin.problem(source, e)));
            return;
        }
        try (Connection open = connection) {
            boolean readOnly = surroundings(open);
            try (Snapshot snapshot = Snapshot.begin(open)) {
                if (of.stream().anyMatch(sync -> sync.mode() == SyncMode.INCREMENTAL)) {
                    transactions(snapshot, readOnly);
                }
                List<TableId> readable = snapshot.catalog().tables();
                List<TableId> hidden = snapshot.catalog().unreadable();
                for (TableSync sync : of) {
                    List<TableId> select =
                            sync.statement().stream().map(SourceStatement::id).toList();
                    List<TableId> there = select.isEmpty() ? readable : select;
                    new SyncTableChecks(sync, snapshot, findings)
                            .run(there, select.isEmpty() ? hidden : List.of(), syncs.taken(sync, there), end);
                }
            }
        } catch (SQLException e) {
            findings.accept(Finding.fail(
                    about("answers"),
                    "it can't be asked on: " + Shown.line(String.valueOf(e.getMessage()))
                            + ". Look at the source and the network, and give the command again"));
        }
    }

    /** @return whether the server takes no writes, as replicas of MySQL do; a standby of PostgreSQL says by itself that it is one */
    private boolean surroundings(Connection connection) throws SQLException {
        boolean mysql = SourceKind.of(connection) == SourceKind.MYSQL;
        String version = connection.getMetaData().getDatabaseProductName() + " "
                + connection.getMetaData().getDatabaseProductVersion();
        String user = Sql.value(connection, mysql ? "SELECT CURRENT_USER()" : "SELECT current_user");
        String database = Sql.value(connection, mysql ? "SELECT DATABASE()" : "SELECT current_database()");
        findings.accept(Finding.ok(
                about("login"),
                Shown.line(user + (database.isEmpty() ? "" : " in database " + database) + ", " + version)));
        String zone = Sql.value(
                connection,
                mysql
                        ? "SELECT IF(@@global.time_zone = 'SYSTEM', CONCAT(@@system_time_zone, ', its system''s'), @@global.time_zone)"
                        : "SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'TimeZone'");
        findings.accept(
                zone.isBlank()
                        ? Finding.warn(
                                about("time zone"),
                                "the server doesn't tell it: name the one in which watermarks without a zone are written"
                                        + " (watermarkZone)")
                        : Finding.ok(about("time zone"), zone));
        return mysql && Sql.isTrue(connection, "SELECT @@global.read_only");
    }

    private void transactions(Snapshot snapshot, boolean readOnly) {
        List<String> warnings = new ArrayList<>(snapshot.horizon().warnings());
        if (readOnly && warnings.stream().noneMatch(REPLICA)) {
            warnings.add(
                    "The source is read-only, as replicas are, and doesn't say whether it is one: grant its user PROCESS, and"
                            + " REPLICATION CLIENT (in MariaDB, SLAVE MONITOR), and check again. Transactions that are open on the server"
                            + " that is written to aren't seen on a replica");
        }
        warnings.forEach(warning -> findings.accept(Finding.warn(about("open transactions"), warning)));
        if (warnings.isEmpty()) {
            findings.accept(Finding.ok(
                    about("open transactions"), "it tells this user of all, and is no replica of another server"));
        }
    }

    private String about(String what) {
        return "source " + source + ": " + what;
    }

    /** In words, for a source with more tables than it can be asked about. */
    static Finding notLookedAt(TableSync sync, long tables) {
        return Finding.skip(
                sync.name() + ": tables",
                Quantity.count(tables, "table") + " not looked at, for it takes too long: caravan sync " + sync.name()
                        + " --plan asks about all");
    }
}
