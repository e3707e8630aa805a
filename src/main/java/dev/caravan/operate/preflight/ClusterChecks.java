package dev.caravan.operate.preflight;

import dev.caravan.base.Quantity;
import dev.caravan.operate.setup.NameCase;
import dev.caravan.redshift.space.FreeSpace;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Consumer;

/** A cluster as such, whatever is loaded there. */
record ClusterChecks(String cluster, Connection connection, String schema) {
    void run(Consumer<Finding> findings) {
        findings.accept(Asked.sql(
                about("user"),
                () -> Finding.ok(
                        about("user"),
                        Sql.value(connection, "SELECT current_user") + " in database "
                                + Sql.value(connection, "SELECT current_database()"))));
        findings.accept(Asked.sqlIfItCan(about("isolation"), "svv_redshift_databases", this::isolation));
        findings.accept(Asked.sql(about("schema"), this::ledgerSchema));
    }

    private Finding isolation() throws SQLException {
        String level = Sql.value(
                connection,
                "SELECT database_isolation_level FROM svv_redshift_databases WHERE database_name = current_database()");
        if (level.isBlank()) {
            return Finding.skip(about("isolation"), "svv_redshift_databases doesn't tell it");
        }
        return level.toLowerCase(Locale.ROOT).contains("snapshot")
                ? Finding.ok(about("isolation"), level)
                : Finding.ok(
                        about("isolation"),
                        level
                                + ": loads that conflict with others' writes are tried again; ALTER DATABASE … ISOLATION LEVEL SNAPSHOT"
                                + " spares that");
    }

    private Finding ledgerSchema() throws SQLException {
        String there = NameCase.of(connection).inCatalogue(schema);
        if (Sql.column(connection, "SELECT 1 FROM pg_namespace WHERE nspname = ?", there)
                .isEmpty()) {
            return Sql.isTrue(connection, "SELECT has_database_privilege(current_database(), 'create')")
                    ? Finding.ok(
                            about("schema"), schema + " is not there yet; the first load, or caravan setup, creates it")
                    : Finding.fail(
                            about("schema"),
                            schema
                                    + " is not there, and this user may not create it: create it and GRANT ALL ON SCHEMA "
                                    + schema + " to this user");
        }
        return Sql.isTrue(connection, "SELECT has_schema_privilege(?, 'create')", there)
                ? Finding.ok(about("schema"), schema + " is there, and this user may create tables in it")
                : Finding.fail(
                        about("schema"),
                        "this user may not create tables in " + schema + ": GRANT ALL ON SCHEMA " + schema);
    }

    /**
     * Whether the cluster has room for a load.
     *
     * @param bytes of a batch; COPY takes about 2.5 times as much for a while
     */
    Finding disk(String about, long bytes) {
        return Asked.sqlIfItCan(about, "stv_partitions", () -> {
            FreeSpace free = FreeSpace.of(connection);
            if (!(free instanceof FreeSpace.Known known)) {
                return Finding.skip(about, ((FreeSpace.Hidden) free).why());
            }
            long freeBytes = known.bytes();
            long wanted = bytes / 2 * 5;
            String words = Quantity.inBytes(freeBytes) + " are free, a batch of " + Quantity.inBytes(bytes)
                    + " takes about " + Quantity.inBytes(wanted) + " for a while";
            return freeBytes >= wanted
                    ? Finding.ok(about, words)
                    : Finding.fail(about, words + ": make room, or make the feed's batches smaller (batchBytes)");
        });
    }

    private String about(String what) {
        return "cluster " + cluster + ": " + what;
    }
}
