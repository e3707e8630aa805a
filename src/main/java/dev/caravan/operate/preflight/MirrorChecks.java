package dev.caravan.operate.preflight;

import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import dev.caravan.database.Databases;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import dev.caravan.pipeline.redshifttopostgres.postgres.check.TargetCheck;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorPlanner;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorRefused;
import dev.caravan.pipeline.redshifttopostgres.run.Preparation.Prepared;
import dev.caravan.redshift.copy.SqlText;
import dev.caravan.redshift.failure.CopyFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;

/** Whether a mirror could run: its columns on both sides, its keys, and what would hinder its table in PostgreSQL. Nothing is changed. */
record MirrorChecks(
        TableMirror mirror, MirrorPlanner planner, Databases targets, Duration longest, Consumer<Finding> findings) {
    /** For a mirror's keys, of which all are read. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** "query_canceled": of PostgreSQL's error codes, which are Redshift's as well. */
    private static final String CANCELLED = "57014";

    /** @param cluster the source's, on which the cluster's own checks were good */
    void run(Connection cluster) {
        try (Connection target = targets.connect(mirror.target())) {
            findings.accept(Finding.ok(
                    "target " + mirror.target() + ": login",
                    Shown.line(Sql.value(target, "SELECT current_user") + " in database "
                            + Sql.value(target, "SELECT current_database()") + ", "
                            + target.getMetaData().getDatabaseProductName() + " "
                            + target.getMetaData().getDatabaseProductVersion())));
            prepared().ifPresent(prepared -> table(target, prepared));
        } catch (SQLException e) {
            findings.accept(
                    Finding.fail("target " + mirror.target() + ": login", SourceLogin.problem(mirror.target(), e)));
        }
        keys(cluster);
    }

    private Optional<Prepared> prepared() {
        try {
            Prepared prepared = planner.prepared(mirror);
            prepared.warnings()
                    .forEach(warning -> findings.accept(Finding.warn(about("columns"), Shown.line(warning))));
            String added = prepared.missing().entrySet().stream()
                    .map(column -> column.getKey() + " " + column.getValue())
                    .collect(Collectors.joining(", "));
            findings.accept(Finding.ok(
                    about("columns"),
                    Shown.line(Quantity.count(prepared.columns().targets().size(), "column") + " of " + mirror.from()
                            + " can stand in " + table()
                            + (added.isEmpty() ? "" : "; the next run adds " + added))));
            return Optional.of(prepared);
        } catch (MirrorRefused e) {
            findings.accept(Finding.fail(about("columns"), Shown.line(String.valueOf(e.getMessage()))));
        } catch (PSQLException e) {
            findings.accept(Finding.fail(
                    about("columns"),
                    "target " + mirror.target() + " can't be asked: "
                            + PostgresFailures.of(e).inWords()));
        } catch (SQLException e) {
            findings.accept(Finding.fail(
                    about("columns"),
                    "they can't be asked for: " + Shown.line(CopyFailure.of(e).problem())
                            + ". GRANT USAGE on the schema, and" + " SELECT on " + Shown.line(mirror.from())
                            + ", to the cluster's user"));
        }
        return Optional.empty();
    }

    private void table(Connection target, Prepared prepared) {
        try {
            var found = TargetCheck.findings(target, present(prepared));
            found.forEach(finding -> findings.accept(
                    finding.hinders()
                            ? Finding.fail(about("target"), finding.sentence())
                            : Finding.warn(about("target"), finding.sentence())));
            if (found.stream().noneMatch(finding -> finding.hinders())) {
                findings.accept(Finding.ok(about("target"), "this user may write " + table() + ", by its keys"));
            }
        } catch (SQLException e) {
            findings.accept(Finding.fail(
                    about("target"), "it can't be asked on: " + Shown.line(String.valueOf(e.getMessage()))));
        }
    }

    /** Without the columns that the next run adds. */
    private MirroredTable present(Prepared prepared) {
        MirroredTable table = prepared.table();
        List<String> there = table.columns().stream()
                .filter(column -> !prepared.missing().containsKey(column))
                .toList();
        return there.containsAll(table.keys())
                ? new MirroredTable(table.schema(), table.table(), table.keys(), there)
                : table;
    }

    /** Redshift enforces no key. */
    private void keys(Connection cluster) {
        String list = SqlText.identifiers(mirror.keys(), ", ");
        String isNull = mirror.keys().stream()
                .map(key -> SqlText.identifier(key) + " IS NULL")
                .collect(Collectors.joining(" OR "));
        try (Statement statement = cluster.createStatement()) {
            statement.setQueryTimeout(Math.toIntExact(longest.toSeconds()));
            try (ResultSet row = statement.executeQuery("SELECT " + list + " FROM " + mirror.relation()
                    + " AS m GROUP BY " + list + " HAVING COUNT(*) > 1 OR " + isNull + " LIMIT 1")) {
                findings.accept(row.next() ? Finding.fail(about("keys"), shared(row)) : good());
            }
        } catch (SQLException e) {
            findings.accept(
                    CANCELLED.equals(e.getSQLState())
                            ? Finding.skip(
                                    about("keys"),
                                    "not looked at, for it takes too long: caravan mirror " + mirror.name()
                                            + " --plan looks at all")
                            : Finding.fail(
                                    about("keys"),
                                    "they can't be read: "
                                            + Shown.line(CopyFailure.of(e).problem())));
        }
    }

    private Finding good() {
        return Finding.ok(
                about("keys"), "no two rows have the same " + String.join(", ", mirror.keys()) + ", and none has NULL");
    }

    private String shared(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        boolean hasNull = false;
        for (int i = 0; i < mirror.keys().size(); i++) {
            String value = row.getString(i + 1);
            hasNull |= value == null;
            values.add(mirror.keys().get(i) + "=" + (value == null ? "NULL" : value));
        }
        return Shown.line("rows can't be told apart: "
                + (hasNull ? "there is one with " : "several rows have ") + String.join(", ", values)
                + ". Correct them, name more columns in keys, or mirror a query that leaves them out");
    }

    private String table() {
        return String.join(".", mirror.targetTable());
    }

    private String about(String what) {
        return Shown.line(mirror.name() + ": " + what);
    }
}
