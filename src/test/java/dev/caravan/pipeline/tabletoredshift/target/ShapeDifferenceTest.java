package dev.caravan.pipeline.tabletoredshift.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import dev.caravan.pipeline.tabletoredshift.type.ValueForm;
import dev.caravan.redshift.target.TableName;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What an existing table lacks is added or said: never is a table loaded that can't keep what comes. */
class ShapeDifferenceTest {
    private static final List<String> TYPES = List.of(
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "DECIMAL(20,0)",
            "DECIMAL(38,10)",
            "REAL",
            "DOUBLE PRECISION",
            "BOOLEAN",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMPTZ",
            "TIME",
            "VARCHAR(80)",
            "VARCHAR(65535)",
            "VARBYTE(3)",
            "VARBYTE(2000000)",
            "SUPER");

    @Test
    void aTableOfEveryTypeIsMadeAndThenTheSame() throws SQLException {
        String[] columns = new String[TYPES.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = "c" + i + " " + TYPES.get(i);
        }
        TargetTable wanted = wanted("Made", columns);
        assertThat(difference(wanted)).isEqualTo(new ShapeDifference(false, List.of(), List.of(), List.of()));
        for (int times = 0; times < 2; times++) {
            sql().run(wanted.createSchema().orElseThrow(), wanted.createTable());
            assertThat(difference(wanted).isSame()).isTrue();
        }
    }

    @Test
    void missingColumnsAreAddedOneByOne() throws SQLException {
        make("grows (ID INTEGER)");
        TargetTable wanted = wanted("grows", "id INTEGER", "Note VARCHAR(80)", "photo VARBYTE(2000000)");
        ShapeDifference difference = difference(wanted);
        assertThat(difference.faults()).isEmpty();
        assertThat(difference.statements())
                .containsExactly(
                        "ALTER TABLE \"shape\".\"grows\" ADD COLUMN \"note\" VARCHAR(80)",
                        "ALTER TABLE \"shape\".\"grows\" ADD COLUMN \"photo\" VARBYTE(2000000)");
        difference.statements().forEach(sql()::run);
        assertThat(difference(wanted).isSame()).isTrue();
    }

    @Test
    void aVarcharThatIsTooNarrowIsToBeWidened() throws SQLException {
        make("narrow (id INTEGER, name VARCHAR(20))");
        TargetTable wanted = wanted("narrow", "id INTEGER", "name VARCHAR(80)");
        ShapeDifference difference = difference(wanted);
        assertThat(difference.isSame()).isFalse();
        assertThat(difference.faults())
                .containsExactly(
                        "shape.narrow: column name is VARCHAR(20) in Redshift, which can't take every VARCHAR(80) of"
                                + " the source. Widen it: ALTER TABLE \"shape\".\"narrow\" ALTER COLUMN \"name\" TYPE VARCHAR(80)");
        sql().run(difference.faults().get(0).replaceFirst(".*Widen it: ", ""));
        assertThat(difference(wanted).isSame()).isTrue();
    }

    @Test
    void aTableOfAnotherTypeIsPutAsideAndMadeAnew() throws SQLException {
        make("other (id INTEGER, seen TIMESTAMP)");
        TargetTable wanted = wanted("other", "id BIGINT", "seen TIMESTAMP");
        ShapeDifference difference = difference(wanted);
        assertThat(difference.faults())
                .containsExactly(
                        "shape.other: column id is INTEGER in Redshift, which can't take every BIGINT of the source."
                                + " Put the table aside, and it is made and filled anew:"
                                + " ALTER TABLE \"shape\".\"other\" RENAME TO \"other_old\"");
        sql().run(difference.faults().get(0).replaceFirst(".*anew: ", ""));
        assertThat(difference(wanted).isThere()).isFalse();
    }

    @Test
    void widerTypesAreTheSame() throws SQLException {
        make("wide (a BIGINT, b DECIMAL(10,0), c BIGINT, d VARCHAR(100), e DOUBLE PRECISION, f DECIMAL(20,4))");
        assertThat(difference(wanted(
                                "wide",
                                "a SMALLINT",
                                "b INTEGER",
                                "c DECIMAL(18,0)",
                                "d VARCHAR(80)",
                                "e REAL",
                                "f DECIMAL(18,2)"))
                        .isSame())
                .isTrue();
    }

    @Test
    void typesThatLoseSomethingAreNot() {
        for (String[] pair : new String[][] {
            {"DECIMAL(9,0)", "INTEGER"},
            {"BIGINT", "DECIMAL(20,0)"},
            {"DECIMAL(20,4)", "DECIMAL(20,2)"},
            {"DECIMAL(20,2)", "DECIMAL(20,4)"},
            {"REAL", "DOUBLE PRECISION"},
            {"TIMESTAMP", "TIMESTAMPTZ"},
            {"CHAR(80)", "VARCHAR(80)"},
            {"VARCHAR(65535)", "SUPER"},
            {"DATE", "TIMESTAMP"},
            {"VARCHAR(80)", "INTEGER"},
            {"BIGINT", "BOOLEAN"},
            {"VARBYTE(2)", "VARBYTE(3)"},
            {"HLLSKETCH", "VARCHAR(80)"},
            {"TIMETZ", "TIME"}
        }) {
            assertThat(ColumnType.of(pair[0]).takes(ColumnType.of(pair[1])))
                    .as(String.join(" for ", pair))
                    .isFalse();
        }
    }

    @Test
    void columnsOfRedshiftsOwnMayBeThereIfRowsNeedNotBringThem() throws SQLException {
        make("own (id INTEGER, n INTEGER, d DATE NOT NULL DEFAULT '2024-01-01', nr BIGINT IDENTITY(1,1))");
        assertThat(difference(wanted("own", "id INTEGER")).isSame()).isTrue();
        make("strict (id INTEGER, owner VARCHAR(20) NOT NULL)");
        assertThat(difference(wanted("strict", "id INTEGER")).faults())
                .containsExactly(
                        "shape.strict: column owner is NOT NULL in Redshift, has no default, and the source doesn't"
                                + " bring it. Give it up: ALTER TABLE \"shape\".\"strict\" DROP COLUMN \"owner\"");
    }

    @Test
    void aColumnThatTakesNoNullOrNoValueIsAFault() throws SQLException {
        make("needs (id BIGINT IDENTITY(1,1), name VARCHAR(80) NOT NULL)");
        assertThat(difference(wanted("needs", "id BIGINT", "name VARCHAR(80)")).faults())
                .containsExactly(
                        "shape.needs: column id numbers rows by IDENTITY in Redshift, and takes no value of the source. Put"
                                + " the table aside, and it is made and filled anew:"
                                + " ALTER TABLE \"shape\".\"needs\" RENAME TO \"needs_old\"",
                        "shape.needs: column name is NOT NULL in Redshift, and may be NULL in the source or become it. Put"
                                + " the table aside, and it is made and filled anew:"
                                + " ALTER TABLE \"shape\".\"needs\" RENAME TO \"needs_old\"");
    }

    @Test
    void aViewIsNoTable() throws SQLException {
        sql().run("CREATE SCHEMA IF NOT EXISTS shape", "CREATE VIEW shape.seen AS SELECT 1 AS id");
        assertThat(difference(wanted("seen", "id INTEGER")).faults())
                .containsExactly(
                        "shape.seen is a view in Redshift, and rows are loaded into tables. Give this source another"
                                + " table or schema");
    }

    private static void make(String table) {
        sql().run("CREATE SCHEMA IF NOT EXISTS shape", "CREATE TABLE shape." + table);
    }

    /** Columns that may be NULL. */
    private static TargetTable wanted(String table, String... columns) {
        List<ColumnMapping> mapped = new ArrayList<>();
        for (String column : columns) {
            String[] words = column.split(" ", 2);
            mapped.add(new ColumnMapping(words[0], "", words[1], ValueForm.PLAIN, 0, false, true));
        }
        TableId id = new TableId("any", table);
        SourceTable source = new SourceTable(SourceKind.MYSQL, id, "InnoDB", List.of(), List.of());
        TableName name = TargetNames.table("shape", id);
        return TargetTable.of(name, source, mapped, Layout.BY_KEY);
    }

    private static ShapeDifference difference(TargetTable wanted) throws SQLException {
        try (Connection cluster = connect()) {
            return ShapeDifference.of(cluster, wanted);
        }
    }

    static Connection connect() throws SQLException {
        Map<String, String> environment = SharedSandbox.get().environment();
        Properties properties = new Properties();
        properties.put("user", environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""));
        properties.put("password", environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""));
        properties.put("enableFetchRingBuffer", "false");
        return DriverManager.getConnection(environment.getOrDefault("CARAVAN_REDSHIFT_URL", ""), properties);
    }

    private static ClusterSql sql() {
        return new ClusterSql(SharedSandbox.get().environment());
    }
}
