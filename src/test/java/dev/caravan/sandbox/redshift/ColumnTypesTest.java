package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types as Redshift's Database Developer Guide has them: "Character types", "Numeric types", "VARBYTE type", "SUPER type". */
@ExtendWith(Cluster.Extension.class)
class ColumnTypesTest {
    private final Cluster cluster;

    ColumnTypesTest(Cluster cluster) {
        this.cluster = cluster;
    }

    /** "If you use the VARCHAR data type without a length specifier in a CREATE TABLE statement, the default length is 256." "The default precision is 18." */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VARCHAR | character varying(256)",
                "NVARCHAR | character varying(256)",
                "CHARACTER VARYING | character varying(256)",
                "NATIONAL CHARACTER VARYING | character varying(256)",
                "TEXT | character varying(256)",
                "VARCHAR(MAX) | character varying(65535)",
                "NVARCHAR(7) | character varying(7)",
                "CHAR | character(1)",
                "NCHAR | character(1)",
                "CHAR(MAX) | character(4096)",
                "BPCHAR | character(256)",
                "DECIMAL | numeric(18,0)",
                "NUMERIC | numeric(18,0)",
                "DECIMAL(9) | numeric(9,0)",
                "VARBYTE | varbyte(64000)",
                "VARBINARY(16) | varbyte(16)",
                "SUPER | super",
                "GEOMETRY | geometry",
            })
    void aTypeWithoutALengthHasRedshiftsOwn(String written, String type) throws SQLException {
        cluster.run("DROP TABLE IF EXISTS typed; CREATE TABLE typed (a " + written + " ENCODE raw NOT NULL)");
        cluster.run("ALTER TABLE typed ADD COLUMN b " + written + " ENCODE raw");
        assertThat(cluster.rows("SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                        + " WHERE attrelid = 'typed'::regclass AND attnum > 0 ORDER BY attnum"))
                .containsExactly(type, type);
    }

    @Test
    void aColumnsLengthMayGrow() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS grown; CREATE TABLE grown (a VARCHAR(5));"
                + " ALTER TABLE grown ALTER COLUMN a TYPE VARCHAR(MAX)");
        assertThat(cluster.rows("SELECT atttypmod FROM pg_attribute WHERE attrelid = 'grown'::regclass AND attnum = 1"))
                .containsExactly("65539");
    }

    @Test
    void typesInExpressionsHaveTheLengthOfTheirValues() throws SQLException {
        assertThat(cluster.rows("SELECT length(('" + "x".repeat(300) + "')::varchar)"))
                .containsExactly("300");
    }

    @Test
    void theDriverKnowsRedshiftsOwnTypesByTheirNumbers() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS own; CREATE TABLE own (a SUPER, b VARBYTE(4), c GEOMETRY);"
                + " INSERT INTO own VALUES ('{\"x\": [1]}', NULL, NULL)");
        try (Connection connection = cluster.open();
                java.sql.Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT a, b, c FROM own")) {
            assertThat(row.getMetaData().getColumnTypeName(1)).isEqualTo("super");
            assertThat(row.getMetaData().getColumnTypeName(2)).isEqualTo("varbyte");
            assertThat(row.getMetaData().getColumnTypeName(3)).isEqualTo("geometry");
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("{\"x\": [1]}");
        }
    }

    /** "For CSV, the data is loaded from a file in hexadecimal representation of the VARBYTE data." */
    @Test
    void bytesAreLoadedFromHexadecimalDigits() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS bytes; CREATE TABLE bytes (id INT, b VARBYTE(3))");
        cluster.run(Cluster.copy("bytes", cluster.s3().put("bytes/1.csv", "1,616263\n2,\n3,FF\n"), "CSV"));
        assertThat(cluster.rows("SELECT id, b FROM bytes ORDER BY id")).containsExactly("1|616263", "2|null", "3|ff");
        String bad = cluster.s3().put("bytes/2.csv", "4,6162zz\n5,616\n6,61626364\n7,61\n");
        cluster.run(Cluster.copy("bytes", bad, "CSV MAXERROR 10"));
        assertThat(cluster.rows("SELECT line_number, err_code FROM stl_load_errors WHERE trim(filename) = '" + bad
                        + "' ORDER BY 1"))
                .containsExactly("1|1207", "2|1200", "3|1204");
    }

    /** "You can't load VARBYTE data with the FIXEDWIDTH option. The ADDQUOTES or REMOVEQUOTES option of COPY is not supported." */
    @Test
    void bytesAreLoadedFromFewFormats() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS bytes_only; CREATE TABLE bytes_only (b VARBYTE(3))");
        String url = cluster.s3().put("bytes/3", "61\n");
        for (String options : new String[] {"FIXEDWIDTH 'b:2'", "REMOVEQUOTES", "JSON 'auto'"}) {
            assertThatThrownBy(() -> cluster.run(Cluster.copy("bytes_only", url, options)))
                    .hasMessageContaining("VARBYTE columns are not supported by COPY with");
        }
    }

    /** "The data must be in the hexadecimal form of the well-known binary format (either WKB or EWKB) or the well-known text format (either WKT or EWKT)." */
    @Test
    void shapesAreLoadedFromTextAndFromHexadecimalDigits() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS shapes; CREATE TABLE shapes (id INT, g GEOMETRY)");
        String point = "0101000000000000000000F03F0000000000000040";
        String url = cluster.s3()
                .put(
                        "shapes/1.csv",
                        "1,POINT(1 2)\n2," + point.toLowerCase(Locale.ROOT) + "\n3,SRID=4326;POINT(1 2)\n"
                                + "4,POINT(1\n5,0109\n6,\"LINESTRING(0 0,1 1)\"\n");
        cluster.run(Cluster.copy("shapes", url, "CSV MAXERROR 10"));
        assertThat(cluster.rows("SELECT id, g::text FROM shapes WHERE id < 6 ORDER BY id"))
                .containsExactly("1|" + point, "2|" + point, "3|0101000020E6100000000000000000F03F0000000000000040");
        assertThat(cluster.rows(
                        "SELECT line_number FROM stl_load_errors WHERE trim(filename) = '" + url + "' ORDER BY 1"))
                .containsExactly("4", "5");
    }
}
