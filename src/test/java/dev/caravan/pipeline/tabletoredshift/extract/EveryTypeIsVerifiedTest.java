package dev.caravan.pipeline.tabletoredshift.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.pipeline.tabletoredshift.verify.Difference;
import dev.caravan.pipeline.tabletoredshift.verify.Verification;
import dev.caravan.pipeline.tabletoredshift.verify.VerifyResult;
import dev.caravan.redshift.target.TableName;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A verification finds every type's values the same after they were loaded, and finds the smallest change of any. */
class EveryTypeIsVerifiedTest {
    @Test
    void ofMySql() throws Exception {
        TypeBed bed = NoMySqlValueChangesTest.bed();
        String allow = "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'";
        bed.create(SharedSources.mariaDb(), "verified_types", allow);
        check(bed, SharedSources.mariaDb(), "shop", "mysql_verified_types", TypeMapping.DEFAULT);
    }

    @Test
    void ofPostgres() throws Exception {
        TypeBed bed = NoPostgresValueChangesTest.bed();
        bed.create(SharedSources.postgres(), "verified_types", NoPostgresValueChangesTest.BEFORE);
        Set<Policy> policies = Set.of(Policy.OUT_OF_RANGE_TO_NULL, Policy.EMPTY_BYTES_TO_NULL);
        check(bed, SharedSources.postgres(), "public", "postgres_verified_types", policies);
    }

    /** In SUPER a document is its fields, whatever their order and however its numbers are written. */
    @Test
    void ofJsonInSuper() throws Exception {
        TypeBed bed = new TypeBed()
                .type(
                        "JSON",
                        "SUPER",
                        "'{\"b\": 1.50, \"a\": [null, \"é\\\\u0041\"], \"long-name\": 1e400}'",
                        "",
                        "'[]'",
                        "",
                        "'\"a\"'",
                        "")
                .type("TINYINT(1)", "BOOLEAN", "0", "", "1", "");
        Set<Policy> policies = Set.of(Policy.TINYINT1_IS_BOOLEAN, Policy.JSON_IS_SUPER);
        bed.create(SharedSources.mariaDb(), "verified_json");
        TypeBed.Result result = bed.extract(SharedSources.mariaDb(), new TableId("shop", "verified_json"), policies);
        RedshiftCopy.load("verified_json", result);
        try (Snapshot snapshot = Snapshot.begin(SharedSources.mariaDb().connect());
                Connection cluster = RedshiftCopy.connect();
                Statement statement = cluster.createStatement()) {
            assertThat(verify(snapshot, result, cluster, "verified_json").differences())
                    .isEmpty();
            cluster.setAutoCommit(false);
            statement.execute(
                    "UPDATE verified_json SET c0 = '{\"b\": 1.5, \"a\": [null, \"éa\"], \"long-name\": 1e400}' WHERE id = 1");
            assertThat(verify(snapshot, result, cluster, "verified_json").differences())
                    .hasSize(1);
        }
    }

    private static void check(TypeBed bed, SourceDatabase database, String schema, String name, Set<Policy> policies)
            throws Exception {
        TypeBed.Result result = bed.extract(database, new TableId(schema, "verified_types"), policies);
        int rows = RedshiftCopy.load(name, result).size();
        try (Snapshot snapshot = Snapshot.begin(database.connect());
                Connection cluster = RedshiftCopy.connect()) {
            assertThat(verify(snapshot, result, cluster, name)).isEqualTo(new VerifyResult(rows, rows, List.of()));
            for (ColumnMapping column : result.mapped().columns()) {
                if (column.name().equals("id")) {
                    continue;
                }
                for (String[] change : changes(cluster, name, column)) {
                    cluster.setAutoCommit(false); // and it is rolled back in the end
                    try (PreparedStatement update = cluster.prepareStatement("UPDATE " + name + " SET " + column.name()
                            + " = " + change[1] + " WHERE id = " + change[0])) {
                        assertThat(update.executeUpdate()).isEqualTo(1);
                    }
                    assertThat(verify(snapshot, result, cluster, name).differences())
                            .as(
                                    "%s %s: row %s set to %.50s",
                                    column.name(), column.redshiftType(), change[0], change[1])
                            .singleElement()
                            .satisfies(difference -> assertThat(difference.keys())
                                    .containsExactly(new Difference.Key(Difference.Kind.CHANGED, "id=" + change[0])));
                    cluster.setAutoCommit(true);
                }
            }
            assertThat(verify(snapshot, result, cluster, name).isSame()).isTrue();
        }
    }

    private static VerifyResult verify(Snapshot snapshot, TypeBed.Result result, Connection cluster, String name)
            throws Exception {
        return Verification.of(
                snapshot,
                Selection.all(result.mapped()),
                result.settings().policies(),
                cluster,
                new TableName(List.of(name)),
                List.of("id"));
    }

    /** Pairs of a row and an expression: for each value the one next to it, NULL for one, and, for the row of NULLs, a text that is empty. */
    private static List<String[]> changes(Connection cluster, String table, ColumnMapping column) throws Exception {
        List<String[]> changes = new ArrayList<>();
        try (Statement statement = cluster.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, " + column.name() + " FROM " + table + " WHERE "
                        + column.name() + " IS NOT NULL ORDER BY id")) {
            while (rows.next()) {
                if (changes.isEmpty()) {
                    changes.add(new String[] {rows.getString(1), "NULL"});
                }
                changes.add(new String[] {rows.getString(1), next(column, rows)});
            }
        }
        if (column.redshiftType().startsWith("VARCHAR")) {
            changes.add(new String[] {"0", "''"});
        }
        assertThat(changes).hasSizeGreaterThan(1);
        return changes;
    }

    private static String next(ColumnMapping column, ResultSet rows) throws Exception {
        String name = column.name(), text = rows.getString(2);
        return switch (column.redshiftType().replaceFirst("\\(.*", "")) {
            case "SMALLINT", "INTEGER", "BIGINT" -> new BigInteger(text).signum() > 0 ? name + " - 1" : name + " + 1";
            case "DECIMAL" -> {
                BigDecimal value = new BigDecimal(text);
                yield (value.signum() > 0 ? value.subtract(value.ulp()) : value.add(value.ulp())).toPlainString();
            }
            case "REAL" -> quoted(Float.toString(next(rows.getFloat(2)))) + "::real";
            case "DOUBLE PRECISION" -> quoted(Double.toString(next(rows.getDouble(2)))) + "::double precision";
            case "BOOLEAN" -> "NOT " + name;
            case "DATE" -> "CASE WHEN " + name + " > '5000-01-01' THEN " + name + " - 1 ELSE " + name + " + 1 END";
            case "TIMESTAMP", "TIMESTAMPTZ" ->
                "CASE WHEN " + name + " > '5000-01-01' THEN " + name + " - interval '1 microsecond' ELSE " + name
                        + " + interval '1 microsecond' END";
            case "TIME" ->
                "CASE WHEN " + name + " > '12:00' THEN " + name + " - interval '1 microsecond' ELSE " + name
                        + " + interval '1 microsecond' END";
            default -> quoted(lastChanged(text));
        };
    }

    private static float next(float value) {
        return Float.isFinite(value) ? Math.nextAfter(value, 1) : 1;
    }

    /** Of 0, no denormalized number: Redshift has none. */
    private static double next(double value) {
        return value == 0 ? Double.MIN_NORMAL : Double.isFinite(value) ? Math.nextAfter(value, 1) : 1;
    }

    private static String lastChanged(String text) {
        if (text.isEmpty()) {
            return "a";
        }
        int last = text.offsetByCodePoints(text.length(), -1);
        return text.substring(0, last) + (text.endsWith("1") ? "2" : "1");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
