package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Cluster.Extension.class)
class RedshiftDriverTest {
    private final Cluster cluster;

    RedshiftDriverTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void theDriverSeesRedshift() throws SQLException {
        try (Connection connection = cluster.open()) {
            assertThat(connection.getMetaData().getDatabaseProductVersion()).isEqualTo("8.0.2");
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("Redshift");
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        Properties wrong = new Properties();
        wrong.setProperty("password", "Wrong1");
        assertThatThrownBy(() -> Cluster.open(cluster.server(), wrong))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"))
                .hasMessageContaining("password authentication failed for user \"awsuser\"");
    }

    @Test
    void anUnknownUserIsRefused() {
        Properties wrong = new Properties();
        wrong.setProperty("user", "postgres");
        assertThatThrownBy(() -> Cluster.open(cluster.server(), wrong))
                .hasMessageContaining("password authentication failed for user \"postgres\"");
    }

    @Test
    void rollbackUndoesAndCommitKeeps() throws SQLException {
        cluster.run("CREATE TABLE tx (id INT)");
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            Cluster.run(connection, "INSERT INTO tx VALUES (1)");
            connection.rollback();
            Cluster.run(connection, "INSERT INTO tx VALUES (2)");
            assertThat(cluster.rows("SELECT id FROM tx")).isEmpty();
            connection.commit();
        }
        assertThat(cluster.rows("SELECT id FROM tx")).containsExactly("2");
    }

    @Test
    void snapshotIsolationIsTheDefaultAndSerializableAnOption() throws SQLException {
        assertThat(cluster.rows("SHOW transaction_isolation")).containsExactly("repeatable read");
        cluster.run("ALTER DATABASE dev ISOLATION LEVEL SERIALIZABLE");
        try {
            assertThat(cluster.rows("SHOW transaction_isolation")).containsExactly("serializable");
        } finally {
            cluster.run("ALTER DATABASE dev ISOLATION LEVEL SNAPSHOT");
        }
        assertThat(cluster.rows("SHOW transaction_isolation")).containsExactly("repeatable read");
    }

    @Test
    void aConflictingUpdateIs1023() throws SQLException {
        cluster.run("CREATE TABLE conflict (id INT); INSERT INTO conflict VALUES (1)");
        try (Connection one = cluster.open();
                Connection two = cluster.open()) {
            one.setAutoCommit(false);
            two.setAutoCommit(false);
            Cluster.one(one, "SELECT id FROM conflict");
            Cluster.one(two, "SELECT id FROM conflict");
            Cluster.run(one, "UPDATE conflict SET id = 2");
            one.commit();
            assertThatThrownBy(() -> Cluster.run(two, "UPDATE conflict SET id = 3"))
                    .hasMessageContaining("1023")
                    .hasMessageContaining("Serializable isolation violation on table");
            two.rollback();
        }
    }

    @Test
    void keysAreDeclaredAndNotEnforced() throws SQLException {
        cluster.run("CREATE TABLE IF NOT EXISTS keyed (id INT PRIMARY KEY, code VARCHAR(5) NOT NULL UNIQUE, other INT"
                + " REFERENCES keyed (id), CONSTRAINT named UNIQUE (id, code), PRIMARY KEY (id), FOREIGN KEY (other)"
                + " REFERENCES keyed (id)) DISTSTYLE KEY DISTKEY (id) COMPOUND SORTKEY (id, code)");
        cluster.run("CREATE TABLE IF NOT EXISTS keyed (id INT)");
        cluster.run("ALTER TABLE keyed ADD CONSTRAINT later UNIQUE (code)");
        cluster.run("INSERT INTO keyed VALUES (1, 'a', 7), (1, 'a', 7)");
        assertThat(cluster.rows("SELECT * FROM keyed")).containsExactly("1|a|7", "1|a|7");
        assertThatThrownBy(() -> cluster.run("INSERT INTO keyed VALUES (NULL, 'a', 1)"))
                .hasMessageContaining("null value in column \"id\"");
    }

    @Test
    void redshiftsDdlIsUnderstood() throws SQLException {
        cluster.run("CREATE SCHEMA IF NOT EXISTS marts; CREATE SCHEMA IF NOT EXISTS marts");
        cluster.run("CREATE TABLE marts.ddl (id BIGINT IDENTITY(1,1), name VARCHAR(MAX) ENCODE lzo DISTKEY,"
                + " at TIMESTAMP DEFAULT SYSDATE SORTKEY, doc SUPER, n NUMERIC(10,2) ENCODE az64 DEFAULT 0) BACKUP NO");
        cluster.run("INSERT INTO marts.ddl (name, doc) VALUES ('x', '{\"a\": [1]}')");
        assertThat(cluster.rows("SELECT id, name, at IS NOT NULL, doc, n FROM marts.ddl"))
                .containsExactly("1|x|t|{\"a\": [1]}|0.00");
        cluster.run("CREATE TEMP TABLE derived DISTKEY(id) AS SELECT id, SYSDATE AS at FROM marts.ddl");
    }

    @Test
    void truncateCommitsTheOpenTransaction() throws SQLException {
        cluster.run("CREATE TABLE cut (id INT); CREATE TABLE noted (id INT)");
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            Cluster.run(connection, "INSERT INTO noted VALUES (1)");
            Cluster.run(connection, "TRUNCATE cut");
            connection.rollback();
        }
        assertThat(cluster.rows("SELECT id FROM noted")).containsExactly("1");
    }

    @Test
    void aFailedCastTellsItsText() {
        assertThatThrownBy(() ->
                        cluster.rows("SELECT CAST('already loaded: ' || x AS INTEGER) FROM (SELECT 'b1'::text x) t"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P02"))
                .hasMessageContaining("already loaded: b1");
    }

    @Test
    void preparedStatementsKeepTheirParameters() throws SQLException {
        try (Connection connection = cluster.open();
                PreparedStatement statement = connection.prepareStatement("SELECT ? || '!'")) {
            for (int i = 0; i < 8; i++) { // beyond the driver's threshold for server-side statements
                statement.setString(1, "v" + i);
                try (ResultSet result = statement.executeQuery()) {
                    assertThat(result.next()).isTrue();
                    assertThat(result.getString(1)).isEqualTo("v" + i + "!");
                }
            }
        }
    }

    @Test
    void metadataNamesTablesAndColumns() throws SQLException {
        cluster.run("CREATE TABLE described (id INT NOT NULL, name VARCHAR(20))");
        try (Connection connection = cluster.open()) {
            DatabaseMetaData metadata = connection.getMetaData();
            List<String> columns = new ArrayList<>();
            try (ResultSet result = metadata.getColumns(null, "public", "described", "%")) {
                while (result.next()) {
                    columns.add(result.getString("COLUMN_NAME") + " " + result.getInt("COLUMN_SIZE"));
                }
            }
            assertThat(columns).containsExactly("id 10", "name 20");
            try (ResultSet result = metadata.getTables(null, "public", "described", null)) {
                assertThat(result.next()).isTrue();
            }
        }
    }

    @Test
    void stringsSortByTheirBytes() throws SQLException {
        assertThat(cluster.rows(
                        "SELECT upper(x) FROM (SELECT 'b' x UNION ALL SELECT 'ä' UNION ALL SELECT 'C') t ORDER BY x"))
                .containsExactly("C", "B", "Ä");
    }

    @Test
    void settingsOfRedshiftAreAccepted() throws SQLException {
        try (Connection connection = cluster.open()) {
            Cluster.run(connection, "SET query_group TO 'loads'");
            assertThat(Cluster.one(connection, "SHOW query_group")).isEqualTo("loads");
        }
    }
}
