package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text as Redshift's Database Developer Guide has COPY read it: "Data format parameters", "Data conversion parameters", "Multibyte character load errors". */
@ExtendWith(Cluster.Extension.class)
class TextValuesTest {
    private final Cluster cluster;

    TextValuesTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS texts; CREATE TABLE texts (id INT, t VARCHAR(60), c CHAR(5), n INT)");
    }

    /** "When a field is enclosed in quotes, white space between the delimiters and the quote characters is ignored." */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "CSV; 1, \"a,b\"\\t ,c,2; <a,b>",
                "CSV; 1,\" a \",c,2; < a >",
                "CSV; 1, a ,c,2; < a >",
                "CSV; 1,\"a\" \\r; <a>",
                "CSV; 1,\"a\\r\"; <a\\r>",
                "CSV DELIMITER '\\t'; 1\\t \"a\" \\tc\\t2; <a>",
                "CSV DELIMITER '\\t'; 1\\t\\tc\\t2; <>",
            })
    void blanksAroundAQuotedFieldAreIgnored(String options, String line, String read) throws SQLException {
        load(plain(line) + "\n", options + " FILLRECORD");
        assertThat(cluster.rows("SELECT '<' || t || '>' FROM texts")).containsExactly(plain(read));
    }

    /** A quote elsewhere is an error (dev.classmethod.jp, "redshift-copy-including-quotation", has the line and the reason). */
    @ParameterizedTest
    @ValueSource(strings = {"1|aaa \"bbb\" ccc|c|2", "1|\"a\"b|c|2", "1|a\"|c|2"})
    void aQuoteWithinAFieldIsNoCsv(String line) throws SQLException {
        assertThat(refused(line + "\n", "CSV DELIMITER '|'"))
                .containsExactly("1|1216|Invalid quote formatting for CSV");
    }

    /** "Removes surrounding quotation marks from strings in the incoming data. All characters within the quotation marks, including delimiters, are retained." */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "REMOVEQUOTES; \"The delimiter is a pipe (|) character\"; The delimiter is a pipe (|) character",
                "REMOVEQUOTES; 'Black'; Black",
                "REMOVEQUOTES; \"White\"; White",
                "REMOVEQUOTES; Blue'; Blue'",
                "REMOVEQUOTES; ''Black''; 'Black'",
                "REMOVEQUOTES ESCAPE; 'A Midsummer Night\\'s Dream'; A Midsummer Night's Dream",
                "REMOVEQUOTES ESCAPE; \\'Black\\'; 'Black'",
                "ESCAPE; A\\\\B\\\\C; A\\B\\C",
                "ESCAPE; A \\| B \\| C; A | B | C",
                "ESCAPE; \\012; 012",
            })
    void quotesAreRemovedAndCharactersEscaped(String options, String field, String read) throws SQLException {
        load("1|" + field + "|c|2\r\n", options);
        assertThat(cluster.rows("SELECT t FROM texts")).containsExactly(read);
    }

    /** "If a string has a beginning single or double quotation mark but no corresponding ending mark, the COPY command fails to load that row". */
    @ParameterizedTest
    @ValueSource(strings = {"'Blue", "\"Blue", "\"Blue'", "\"a\"b"})
    void aQuoteThatIsNotClosedIsAnError(String field) throws SQLException {
        assertThat(refused("1|" + field + "|c|2\n3|b|c|2\n", "REMOVEQUOTES MAXERROR 2"))
                .containsExactly("1|1214|Delimited value missing end quote");
        assertThat(cluster.rows("SELECT id FROM texts")).containsExactly("3");
    }

    /** "As long as you don't specify an alternative null string with the NULL AS parameter, \N and \\N produce the same results." */
    @Test
    void theNullStringMayBeEscaped() throws SQLException {
        load("1|\\N|\\\\N|2\n", "ESCAPE");
        assertThat(cluster.rows("SELECT * FROM texts")).containsExactly("1|null|null|2");
        cluster.run("DELETE FROM texts");
        load("1|\\N|c|2\n", "ESCAPE NULL AS 'x'");
        assertThat(cluster.rows("SELECT t FROM texts")).containsExactly("N");
    }

    /** transferwise/pipelinewise 405: with ACCEPTINVCHARS, "Missing newline: Unexpected character 0x64 found at location …" behind a NUL. */
    @ParameterizedTest
    @ValueSource(strings = {"CSV", "CSV ACCEPTINVCHARS", "CSV NULL AS ''"})
    void aNulEndsItsRecordAndIsNotReplaced(String options) throws SQLException {
        assertThat(refused("1,\"/etc/passwd\0data\",c,2\n3,b,c,2\n", options + " MAXERROR 5"))
                .containsExactly("1|1216|Missing newline: Unexpected character 0x64 found at location 15");
        assertThat(cluster.rows("SELECT id FROM texts")).containsExactly("3");
    }

    /** "If a field contains only NUL, you can use NULL AS to replace the null terminator with NULL"; error 1218: "a field containing a null terminator contained more than one byte". */
    @Test
    void aNulAloneMayBeNull() throws SQLException {
        assertThat(refused("1|\0|c|2\n2|a\0|c|2\n", "NULL AS '\\0' MAXERROR 5"))
                .containsExactly("2|1218|Invalid null byte - field longer than 1 byte");
        assertThat(cluster.rows("SELECT id, t FROM texts")).containsExactly("1|null");
    }

    /** estuary/connectors 839. */
    @Test
    void aValueOfJsonEndsAtItsNul() throws SQLException {
        assertThat(refused(
                        "{\"id\": 1, \"t\": \"hello\\u0000 world\"}\n{\"id\": 2, \"t\": \"\\u0000hello\"}\n",
                        "JSON 'auto' MAXERROR 5"))
                .containsExactly("2|1218|Invalid null byte - field longer than 1 byte");
        assertThat(cluster.rows("SELECT id, t FROM texts")).containsExactly("1|hello");
    }

    /** "ACCEPTINVCHARS is valid only for VARCHAR columns." */
    @Test
    void invalidCharactersAreReplacedInVarcharOnly() throws SQLException {
        assertThat(refused("1,a,ä,2\n", "CSV ACCEPTINVCHARS"))
                .containsExactly(
                        "1|1220|Multibyte character not supported for CHAR (Hint: try using VARCHAR). Invalid char: c3 a4");
    }

    /** "If the ACCEPTINVCHARS option isn't set, Amazon Redshift accepts the characters as valid UTF-8": 0xFDD0 to 0xFDEF, and those that end with FFFE or FFFF. */
    @Test
    void noncharactersAreReplacedOnRequest() throws SQLException {
        load("1,a\uFFFEb\uFDD0,c,2\n", "CSV");
        load("2,a\uFFFEb\uFDD0,c,2\n", "CSV ACCEPTINVCHARS '^'");
        assertThat(cluster.rows("SELECT t FROM texts ORDER BY id")).containsExactly("a\uFFFEb\uFDD0", "a^^^b^^^");
    }

    /** The numbers of "Multibyte character load errors". */
    @ParameterizedTest
    @CsvSource({"f8,1", "e9,2", "a4,3", "fe,3", "e9 20 20,4", "ed a0 80,5", "f4 90 80 80,8"})
    void invalidUtf8IsNumbered(String hex, int number) throws Exception {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write("1,".getBytes(StandardCharsets.US_ASCII));
        for (String b : hex.split(" ", -1)) {
            line.write(Integer.parseInt(b, 16));
        }
        line.write(",c,2\n".getBytes(StandardCharsets.US_ASCII));
        String url = cluster.s3().put("texts/utf8", line.toByteArray());
        assertThat(refusedFile(url, "CSV"))
                .singleElement()
                .asString()
                .startsWith("1|1220|")
                .endsWith("(error " + number + ")");
    }

    /** "If you specify UTF16, then your data must have a byte order mark (BOM)." */
    @ParameterizedTest
    @CsvSource({
        "UTF16,UTF-16BE,feff",
        "UTF16,UTF-16LE,feff",
        "UTF16LE,UTF-16LE,''",
        "UTF16LE,UTF-16LE,feff",
        "UTF16BE,UTF-16BE,''",
        "UTF8,UTF-8,''"
    })
    void theEncodingIsObeyed(String encoding, String charset, String mark) throws SQLException {
        String text = (mark.isEmpty() ? "" : "\uFEFF") + "1,äö€😀,c,2\n";
        String url = cluster.s3().put("texts/" + charset, text.getBytes(Charset.forName(charset)));
        cluster.run(Cluster.copy("texts", url, "CSV ENCODING AS " + encoding));
        assertThat(cluster.rows("SELECT * FROM texts")).containsExactly("1|äö€😀|c|2");
    }

    /** "If COPY encounters a different encoding, it skips the file and returns an error"; its number is of "Load error reference". */
    @ParameterizedTest
    @CsvSource({"UTF16,UTF-16LE,", "UTF16,UTF-8,", "UTF8,UTF-16LE,\uFEFF"})
    void anotherEncodingIsAnError(String encoding, String charset, String mark) throws SQLException {
        String text = (mark == null ? "" : mark) + "1,a,c,2\n";
        String url = cluster.s3().put("texts/other", text.getBytes(Charset.forName(charset)));
        assertThat(refusedFile(url, "CSV MAXERROR 2 ENCODING " + encoding))
                .singleElement()
                .asString()
                .startsWith("1|1221|");
        assertThat(cluster.rows("SELECT * FROM texts")).isEmpty();
    }

    /** "Fixed-width data files must use UTF-8 encoding." */
    @Test
    void fieldsOfFixedWidthAreUtf8() {
        assertThatThrownBy(() -> load("1\n", "FIXEDWIDTH 'id:1' ENCODING UTF16"))
                .hasMessageContaining("ENCODING UTF16 is not supported for FIXEDWIDTH based COPY");
    }

    /** "This option applies only to CHAR and VARCHAR columns. Blank fields for other data types, such as INT, are always loaded with NULL." */
    @Test
    void blankFieldsOfOtherTypesAreNull() throws SQLException {
        load("1,  ,  ,   \n", "CSV");
        load("2,  ,  ,\t \n", "CSV BLANKSASNULL");
        assertThat(cluster.rows("SELECT id, length(t), c IS NULL, n FROM texts ORDER BY id"))
                .containsExactly("1|2|f|null", "2|null|t|null");
    }

    /** "[…] results in an error, unless the extra characters are all spaces (blanks), in which case the string is truncated to the maximum length." */
    @Test
    void blanksBeyondAColumnsLengthAreCutOff() throws SQLException {
        assertThat(refused("1,a,abcde  ,2\n2,a,abcdef ,2\n", "CSV MAXERROR 5"))
                .containsExactly("2|1204|String length exceeds DDL length");
        assertThat(cluster.rows("SELECT c FROM texts")).containsExactly("abcde");
    }

    /** "Removes the trailing white space characters from a VARCHAR string. This parameter applies only to columns with a VARCHAR data type." */
    @Test
    void trailingWhiteSpaceIsTrimmed() throws SQLException {
        load("1, a\t ,c,2\n", "CSV TRIMBLANKS");
        assertThat(cluster.rows("SELECT '<' || t || '>' FROM texts")).containsExactly("< a>");
    }

    /** A number of JSON in a VARCHAR is what stands in the file. */
    @Test
    void numbersOfJsonStayAsTheyAreWritten() throws SQLException {
        load(
                "{\"id\": 1, \"t\": 100.0}{\"id\": 2, \"t\": [100.0, 1.50]}{\"id\": 3, \"t\": 12345678901234567890}",
                "JSON 'auto'");
        assertThat(cluster.rows("SELECT t FROM texts ORDER BY id"))
                .containsExactly("100.0", "[100.0,1.50]", "12345678901234567890");
    }

    /** "If the name is any string other than "jsonpaths", COPY uses the 'auto' argument"; "You can't mix bracket notation and dot notation in the jsonpaths array." */
    @Test
    void jsonpathsAreReadAsTheGuideSays() throws SQLException {
        String other = cluster.s3().put("paths/other.json", "{\"paths\": [\"$.x\"]}");
        load("{\"id\": 1, \"t\": \"a\"}", "JSON '" + other + "'");
        assertThat(cluster.rows("SELECT id, t FROM texts")).containsExactly("1|a");
        String mixed =
                cluster.s3().put("paths/mixed.json", "{\"jsonpaths\": [\"$.id\", \"$['t']\", \"$.c\", \"$.n\"]}");
        assertThatThrownBy(() -> load("{\"id\": 1}", "JSON '" + mixed + "'"))
                .hasMessageContaining("Invalid JSONPath format");
    }

    /** "If the load returns the error_count number of errors or greater, the load fails. If the load returns fewer errors, it continues and returns an INFO message". */
    @Test
    void aLoadFailsAtMaxError_andTellsOfFewer() throws SQLException {
        String url = cluster.s3().put("texts/max", "1,a,c,2\nx,a,c,2\ny,a,c,2\n");
        for (int max : new int[] {0, 1, 2}) {
            assertThatThrownBy(() -> cluster.run(Cluster.copy("texts", url, "CSV MAXERROR " + max)))
                    .hasMessageContaining("stl_load_errors");
        }
        try (Connection connection = cluster.open();
                Statement statement = connection.createStatement()) {
            statement.execute(Cluster.copy("texts", url, "CSV MAXERROR 3"));
            assertThat(Cluster.warnings(statement))
                    .anyMatch(text -> text.contains("1 record(s) loaded successfully"))
                    .anyMatch(text -> text.contains("2 record(s) could not be loaded"));
        }
        assertThatThrownBy(() -> cluster.run(Cluster.copy("texts", url, "CSV MAXERROR 3 IGNOREALLERRORS")))
                .hasMessageContaining("IGNOREALLERRORS");
    }

    /** "The maximum positive value that you can insert into a DECIMAL(19,0) column is 9223372036854775807." */
    @Test
    void nineteenDigitsAre64Bits() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS digits; CREATE TABLE digits (d DECIMAL(19,0), e DECIMAL(20,0))");
        String url = cluster.s3().put("digits.csv", "9223372036854775807,9999999999999999999\n9223372036854775808,1\n");
        cluster.run(Cluster.copy("digits", url, "CSV MAXERROR 2"));
        assertThat(cluster.rows("SELECT * FROM digits")).containsExactly("9223372036854775807|9999999999999999999");
    }

    private List<String> refused(String body, String options) throws SQLException {
        return refusedFile(cluster.s3().put("texts/refused", body), options);
    }

    /** Whatever becomes of the COPY: line, number and reason. */
    private List<String> refusedFile(String url, String options) throws SQLException {
        cluster.run("DELETE FROM sandbox.load_error WHERE file_name = '" + url + "'");
        try {
            cluster.run(Cluster.copy("texts", url, options));
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("stl_load_errors");
        }
        return cluster.rows("SELECT line_number, error_code, error_message FROM sys_load_error_detail"
                + " WHERE trim(file_name) = '" + url + "' ORDER BY 1");
    }

    private void load(String body, String options) throws SQLException {
        cluster.run(Cluster.copy("texts", cluster.s3().put("texts/one", body), options));
    }

    private static String plain(String text) {
        return text.replace("\\t", "\t").replace("\\r", "\r");
    }
}
