package dev.caravan.sandbox.demo.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.run.Progress;
import dev.caravan.sandbox.source.PostgresDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That the third act can fail: in both databases, without a mirror. */
class VerdictTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final PostgresDatabase database =
            PostgresDatabase.beside(SharedSandbox.get().redshift(), "verdict");
    private Verdict verdict;

    @BeforeEach
    void open() {
        verdict = new Verdict(
                Airports.open(cluster),
                App.open(database),
                new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), false));
    }

    @AfterEach
    void drop() throws Exception {
        cluster.run("DROP SCHEMA market CASCADE");
        app("DROP TABLE airports");
    }

    @Test
    void rowsThatHaveNotComeAreAFault() {
        verdict.compare("first");

        assertThat(verdict.faults())
                .singleElement()
                .satisfies(
                        fault -> assertThat(fault)
                                .startsWith(
                                        "after the first night, in Redshift and in PostgreSQL: 3,336 rows are not the same")
                                .contains(
                                        "['1', '00M', 'Thigpen', 'Bay Springs', 'MS', 'USA', '31.95376472', '-89.23450472', NULL] and nothing"));
        assertThat(verdict.report()).containsPattern("first +3,336 +0 +NOT ALL");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("Compared");
    }

    @Test
    void whatIsTheApplicationsMustStay_andAnAccidentMustChangeNothing() throws Exception {
        app("UPDATE airports SET stars = 1");
        app("INSERT INTO airports (id, iata) VALUES (1, 'NEW')");

        verdict.refused(List.of("caravan: refused"));

        assertThat(verdict.faults())
                .satisfiesExactly(
                        fault -> assertThat(fault)
                                .startsWith("after a run that was refused, before and now: 1 row is not the same"),
                        fault -> assertThat(fault).isEqualTo("no guard said how many rows would be deleted"),
                        fault -> assertThat(fault)
                                .contains("the application's own: 1 row is not the same", "'5'", "'1'"));
    }

    private void app(String sql) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
