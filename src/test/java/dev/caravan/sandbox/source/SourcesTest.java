package dev.caravan.sandbox.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Source databases are the real ones, and are gone when they are closed. */
class SourcesTest {
    @Test
    void mariaDbIsTheRealOne() throws SQLException {
        assertThat(one(SharedSources.mariaDb(), "SELECT version()")).startsWith(MariaDbFiles.VERSION + "-MariaDB");
        assertThat(one(SharedSources.mariaDb(), "SELECT database()")).isEqualTo("shop");
    }

    @Test
    void postgresIsOneThatIsNotRedshift() throws SQLException {
        assertThat(one(SharedSources.postgres(), "SELECT version()")).startsWith("PostgreSQL 17");
        assertThat(one(SharedSources.postgres(), "SELECT current_database()")).isEqualTo("shop");
        assertThat(one(SharedSources.postgres(), "SHOW default_transaction_isolation"))
                .isEqualTo("read committed");
    }

    @Test
    void oneThatIsClosedAnswersNoMore() throws SQLException {
        MariaDb own = MariaDb.start();
        try {
            assertThat(one(own, "SELECT 1")).isEqualTo("1");
        } finally {
            own.close();
        }
        assertThatThrownBy(own::connect).isInstanceOf(SQLException.class);
    }

    private static String one(SourceDatabase database, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
