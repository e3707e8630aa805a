package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazon.redshift.util.RedshiftException;
import com.amazon.redshift.util.ServerErrorMessage;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cast that fails, as Redshift says it: the value of a table's column stands in the box of the detail, and nowhere else. */
@ExtendWith(Cluster.Extension.class)
class CastErrorsTest {
    private final Cluster cluster;

    CastErrorsTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS texts; CREATE TABLE texts (t VARCHAR(1000));"
                + " INSERT INTO texts VALUES ('readable: 7')");
    }

    @Test
    void aColumnsValueStandsInTheDetailsContextAlone() {
        ServerErrorMessage error = error("SELECT CAST(t AS INT) FROM texts");
        assertThat(error.getSQLState()).isEqualTo("XX000");
        assertThat(error.getMessage()).isEqualTo("Invalid digit, Value 'r', Pos 0, Type: Integer ");
        assertThat(error.getDetail()).matches("""

                  -----------------------------------------------
                  error:  Invalid digit, Value 'r', Pos 0, Type: Integer\\s
                  code:      1207
                  context:   readable: 7
                  query:     (\\d+)
                  location:  :0
                  process:   query0_123_\\1 \\[pid=\\d+]
                  -----------------------------------------------
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT CAST('readable: ' || count(*) AS INT) FROM texts",
                "SELECT CAST('readable: ' || MAX(t) AS INT) FROM public.texts WHERE t > 'a'",
                "INSERT INTO texts SELECT 'x' FROM texts WHERE CAST(t AS INT) = 1",
                "UPDATE texts SET t = 'x' WHERE t::int = 1",
                "DELETE FROM texts USING texts o WHERE CAST(o.t AS INT) = 1",
                "WITH w AS (SELECT t FROM texts) SELECT CAST(t AS INT) FROM w"
            })
    void computeNodesSayXx000(String sql) {
        ServerErrorMessage error = error(sql);
        assertThat(error.getSQLState()).isEqualTo("XX000");
        assertThat(error.getMessage()).doesNotContain("readable");
        assertThat(error.getDetail()).contains("context:   readable: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT CAST('readable: 7' AS INT)",
                "SELECT CAST('readable: ' || count(*) + 6 AS INT) FROM (SELECT 1) AS one",
                "SELECT CAST('readable: 7' AS INT) FROM pg_class",
                "SELECT CAST('readable: 7' AS INT) FROM texts",
                "INSERT INTO texts SELECT CAST('readable: 7' AS INT)",
            })
    void withoutATableTheLeaderNodeSays22P02(String sql) {
        ServerErrorMessage error = error(sql);
        assertThat(error.getSQLState()).isEqualTo("22P02");
        assertThat(error.getMessage()).isEqualTo("invalid input syntax for integer: \"readable: 7\"");
        assertThat(error.getDetail()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "28.98 ; INT     ; Invalid digit, Value '.', Pos 2, Type: Integer",
                "-1x   ; BIGINT  ; Invalid digit, Value 'x', Pos 2, Type: Long",
                "x     ; SMALLINT; Invalid digit, Value 'x', Pos 0, Type: Short",
                "x     ; DECIMAL ; Invalid digit, Value 'x', Pos 0, Type: Decimal"
            })
    void theDigitItsPlaceAndTheTypeAreNamed(String value, String type, String message) throws SQLException {
        cluster.run("DELETE FROM texts; INSERT INTO texts VALUES ('" + value + "')");
        assertThat(error("SELECT CAST(t AS " + type + ") FROM texts").getMessage())
                .isEqualTo(message + " ");
    }

    @Test
    void theContextIsCutAfter256Bytes() throws SQLException {
        cluster.run("DELETE FROM texts; INSERT INTO texts VALUES ('x' || repeat('é', 200))");
        assertThat(error("SELECT CAST(t AS INT) FROM texts").getDetail())
                .contains("  context:   x" + "é".repeat(127) + "\n");
    }

    @Test
    void aDriverThatIsToldToKeepTheDetailForItselfLosesTheValue() {
        Properties silent = new Properties();
        silent.setProperty("logServerErrorDetail", "false");
        SQLException error = catchThrowableOfType(SQLException.class, () -> {
            try (var connection = Cluster.open(cluster.server(), silent)) {
                Cluster.run(connection, "SELECT CAST(t AS INT) FROM texts");
            }
        });
        assertThat(error.getMessage()).contains("Invalid digit").doesNotContain("readable");
    }

    private ServerErrorMessage error(String sql) {
        RedshiftException thrown = catchThrowableOfType(RedshiftException.class, () -> cluster.run(sql));
        return Objects.requireNonNull(thrown.getServerErrorMessage());
    }
}
