package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Cluster.Extension.class)
class CopyOptionsTest {
    private final Cluster cluster;

    CopyOptionsTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS options; CREATE TABLE options (id INT, name VARCHAR(5), n DECIMAL(6,2));"
                + " DROP TABLE IF EXISTS moments; CREATE TABLE moments (day DATE, at TIMESTAMP)");
    }

    @Test
    void nullAsNamesTheTextThatIsNull() throws SQLException {
        assertThat(loaded("1,NIL,NIL\n2,nil,1\n", "CSV NULL AS 'NIL'")).containsExactly("1|null|null", "2|nil|1.00");
    }

    @Test
    void emptyAndBlankBecomeNullOnlyWhenAsked() throws SQLException {
        assertThat(loaded("1,,1\n2,  ,1\n", "CSV")).containsExactly("1||1.00", "2||1.00"); // rows() strips blanks
        assertThat(loaded("1,,1\n2,  ,1\n", "CSV EMPTYASNULL BLANKSASNULL"))
                .containsExactly("1|null|1.00", "2|null|1.00");
    }

    @Test
    void trimBlanksTrimsAtTheEnd() throws SQLException {
        loaded("1, a  ,1\n", "CSV TRIMBLANKS");
        assertThat(cluster.rows("SELECT '<' || name || '>' FROM options")).containsExactly("< a>");
    }

    @Test
    void truncateColumnsCutsAtWholeCharacters() throws SQLException {
        assertThat(loaded("1,abcdefgh,1\n2,äöü,1\n", "CSV TRUNCATECOLUMNS"))
                .containsExactly("1|abcde|1.00", "2|äö|1.00");
    }

    @Test
    void acceptInvCharsReplacesEachByte() throws SQLException {
        byte[] latin = "1,a\u00e9b,1\n".getBytes(StandardCharsets.ISO_8859_1);
        String url = cluster.s3().put("latin.csv", latin);
        assertThatThrownBy(() -> cluster.run(Cluster.copy("options", url, "CSV")))
                .hasMessageContaining("stl_load_errors");
        cluster.run(Cluster.copy("options", url, "CSV ACCEPTINVCHARS"));
        cluster.run(Cluster.copy("options", url, "CSV ACCEPTINVCHARS AS '^'"));
        assertThat(cluster.rows("SELECT name FROM options")).containsExactlyInAnyOrder("a?b", "a^b");
    }

    @Test
    void fillRecordFillsMissingColumns() throws SQLException {
        assertThat(loaded("1\n", "CSV FILLRECORD")).containsExactly("1||null");
        assertThat(loaded("1\n", "CSV FILLRECORD EMPTYASNULL")).containsExactly("1|null|null");
    }

    @Test
    void blankLinesAreIgnoredOnlyWhenAsked() throws SQLException {
        assertThat(loaded("1,a,1\n\n2,b,1\n\n", "CSV IGNOREBLANKLINES")).containsExactly("1|a|1.00", "2|b|1.00");
        assertThatThrownBy(() -> loaded("1,a,1\n\n2,b,1\n", "CSV")).hasMessageContaining("stl_load_errors");
    }

    @Test
    void decimalsAreCutOffUnlessRounded() throws SQLException {
        assertThat(loaded("1,a,1.239\n2,b,-1.235\n", "CSV")).containsExactly("1|a|1.23", "2|b|-1.23");
        assertThat(loaded("1,a,1.239\n2,b,-1.235\n", "CSV ROUNDEC")).containsExactly("1|a|1.24", "2|b|-1.24");
    }

    @Test
    void noLoadChecksAndLoadsNothing() throws SQLException {
        assertThat(loaded("1,a,1\n", "CSV NOLOAD")).isEmpty();
        assertThatThrownBy(() -> loaded("x,a,1\n", "CSV NOLOAD")).hasMessageContaining("stl_load_errors");
    }

    @Test
    void maxErrorToleratesFewerBadRows() throws SQLException {
        String body = "1,a,1\nx,b,1\ny,c,1\n4,d,1\n";
        assertThat(loaded(body, "CSV MAXERROR 3")).containsExactly("1|a|1.00", "4|d|1.00");
        assertThatThrownBy(() -> loaded(body, "CSV MAXERROR 2")).hasMessageContaining("stl_load_errors");
        assertThatThrownBy(() -> loaded(body, "CSV MAXERROR 100001")).hasMessageContaining("out of range");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; 2026-02-28; 2026-02-28 23:59:59.123456; 2026-02-28 23:59:59.123456",
                "DATEFORMAT 'auto' TIMEFORMAT 'auto'; 02/28/2026; 2026-02-28T23:59:59Z; 2026-02-28 23:59:59",
                "DATEFORMAT 'auto' TIMEFORMAT 'auto'; Feb 28 2026; 28 Feb 2026 11:59:59 PM; 2026-02-28 23:59:59",
                "DATEFORMAT 'DD.MM.YYYY' TIMEFORMAT 'DD/MM/YYYY HH24:MI:SS'; 28.02.2026; 28/02/2026 01:02:03; 2026-02-28 01:02:03",
                "DATEFORMAT AS 'MON DD YYYY' TIMEFORMAT AS 'YYYYMMDD HH12:MI:SS AM'; FEB 28 2026; 20260228 01:02:03 PM; 2026-02-28 13:02:03",
                "TIMEFORMAT 'epochsecs'; 2026-02-28; 1772236800; 2026-02-28 00:00:00",
                "TIMEFORMAT 'epochmillisecs'; 2026-02-28; 1772236800250; 2026-02-28 00:00:00.25"
            })
    void datesAndTimesAreReadAsTheFormatSays(String options, String day, String at, String read) throws SQLException {
        String url = cluster.s3().put("moments.csv", day + "|" + at + "\n");
        cluster.run(Cluster.copy("moments", url, options));
        assertThat(cluster.rows("SELECT day, at::varchar FROM moments")).containsExactly("2026-02-28|" + read);
    }

    @Test
    void acceptAnyDateMakesWhatIsNoDateNull() throws SQLException {
        String url = cluster.s3().put("nodates.csv", "00/00/00|2026-13-01 00:00:00\n");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("moments", url, ""))).hasMessageContaining("stl_load_errors");
        cluster.run(Cluster.copy("moments", url, "ACCEPTANYDATE DATEFORMAT 'auto'"));
        assertThat(cluster.rows("SELECT * FROM moments")).containsExactly("null|null");
    }

    private List<String> loaded(String body, String options) throws SQLException {
        cluster.run("DELETE FROM options");
        String url = cluster.s3().put("options/one", body);
        cluster.run(Cluster.copy("options", url, options));
        return cluster.rows("SELECT * FROM options ORDER BY id");
    }
}
