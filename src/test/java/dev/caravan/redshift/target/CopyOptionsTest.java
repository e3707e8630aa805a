package dev.caravan.redshift.target;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyOptionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GZIP",
                "gzip IGNOREHEADER 1",
                "DELIMITER '\\t' NULL AS '\\\\N' QUOTE ''''",
                "REGION AS 'eu-west-1' COMPUPDATE OFF STATUPDATE FALSE MAXERROR AS 10",
                "TIMEFORMAT 'auto'\n  DATEFORMAT AS 'YYYY-MM-DD'",
                "DELIMITER ';' NULL AS '--'",
                "ENCODING UTF16LE ACCEPTINVCHARS AS '^'"
            })
    void parametersOfCopyAreAllowed(String text) {
        assertThat(CopyOptions.fault("copyOptions", text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GZIP; DROP TABLE x",
                "GZIP -- comment",
                "GZIP /* comment */",
                "NULL AS 'x",
                "NULL AS '\\'",
                "NULL AS 'x\\' ; drop table y; --'",
                "NULL AS '''",
                "NULL AS $$x$$",
                "NULL AS E'x'",
                "NULL AS \"x\"",
                "MAXERROR 1x",
                "MAXERROR -1",
                "(a, b)",
                "GZIP\u0000",
                "NULL AS '\u0000'",
                "ＧＺＩＰ",
                "'x'",
                "GZIP 1",
                "MAXERROR",
                "MAXERROR 'x'",
                "MAXERROR AS",
                "DELIMITER GZIP",
                "ENCODING LATIN1",
                "COMPUPDATE MAYBE",
                "STATUPDATE AS"
            })
    void whatCouldEndTheStatementIsAFault(String text) {
        assertThat(CopyOptions.fault("copyOptions", text)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "MANIFEST,Caravan writes it",
        "from,Caravan writes it",
        "IAM_ROLE default,'iamRole'",
        "CREDENTIALS,'iamRole'",
        "FORMAT AS CSV,'format'",
        "json,'format'",
        "PARQUET,'format'",
        "NOLOAD,without being loaded",
        "ENCRYPTED,masterSymmetricKey",
        "DELIMITER GZIP,write a string in single quotes after it",
        "MAXERROR x,write a whole number after it",
        "1,belongs to no parameter",
        "GZIPP,did you mean 'GZIP'?",
        "SELECT,not a parameter of COPY"
    })
    void whatCaravanWritesAndWhatIsNoParameterIsAFaultWithAdvice(String text, String advice) {
        assertThat(CopyOptions.fault("copyOptions", text))
                .hasValueSatisfying(fault -> assertThat(fault.advice())
                        .contains(advice.replace("'iamRole'", "iamRole").replace("'format'", "format")));
    }

    @Test
    void aFaultShowsNoSecret() {
        String text = "ACCESS_KEY_ID 'AKIAIOSFODNN7EXAMPLE' SECRET_ACCESS_KEY 'topsecret'";
        assertThat(CopyOptions.fault("copyOptions", text).orElseThrow().toString())
                .doesNotContain("AKIA")
                .doesNotContain("topsecret");
        assertThat(CopyOptions.fault("copyOptions", "MASTER_SYMMETRIC_KEY 'topsecret")
                        .orElseThrow()
                        .toString())
                .doesNotContain("topsecret");
    }

    /** Whether a reader takes backslashes for escapes (Redshift) or not, an allowed text leaves no string open and no semicolon outside one. */
    @Property(tries = 5_000)
    void everyReaderSeesTheSameStrings(
            @ForAll @Chars({'\'', '\\', ';', '-', ' ', 'n'}) @CharRange(from = '0', to = '1') String inside) {
        String text = "NULL AS '" + inside + "'";
        if (CopyOptions.fault("copyOptions", text).isEmpty()) {
            assertThat(outsideOfStrings(text, true))
                    .isEqualTo(outsideOfStrings(text, false))
                    .doesNotContain(";", "-");
        }
    }

    private static String outsideOfStrings(String text, boolean escapes) {
        var outside = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inside && escapes && c == '\\') {
                i++;
            } else if (c == '\'') {
                inside = !inside;
                outside.append(c);
            } else if (!inside) {
                outside.append(c);
            }
        }
        assertThat(inside).as(text).isFalse();
        return outside.toString().replace("''", "");
    }
}
