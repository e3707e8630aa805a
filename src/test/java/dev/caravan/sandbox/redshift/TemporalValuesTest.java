package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dates and times as Redshift's Database Developer Guide has COPY read them: "DATEFORMAT and TIMEFORMAT strings", "Using automatic recognition with
 * DATEFORMAT and TIMEFORMAT", "Date, time, and timestamp literals".
 */
@ExtendWith(Cluster.Extension.class)
class TemporalValuesTest {
    private final Cluster cluster;

    TemporalValuesTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS temporal; CREATE TABLE temporal (d DATE, at TIMESTAMP, tz TIMESTAMPTZ)");
    }

    /** "The default timestamp with time zone (TIMESTAMPTZ) format is YYYY-MM-DD HH:MI:SSOF, where OF is the offset from UTC (for example, -8:00)." */
    @Test
    void theDefaultFormatsAreReadWithoutAnOption() throws SQLException {
        load(
                "2026-02-28|2026-02-28 23:59:59.123456|2026-02-28 16:00:00-8:00\n||2026-03-01 02:00:00+02\n||2026-03-01\n",
                "");
        assertThat(cluster.rows("SELECT d, at::varchar, (tz AT TIME ZONE 'UTC')::varchar FROM temporal ORDER BY tz"))
                .containsExactly(
                        "2026-02-28|2026-02-28 23:59:59.123456|2026-03-01 00:00:00",
                        "null|null|2026-03-01 00:00:00",
                        "null|null|2026-03-01 00:00:00");
    }

    /** risingwavelabs/risingwave 23282: {@code 2025-09-22T14:42:59.172000Z} in a TIMESTAMPTZ, type {@code timestampt}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "||2025-09-22T14:42:59.172000Z; tz; timestampt; YYYY-MM-DD HH24:MI:SSOF",
                "||2025-09-22 14:42:59Z; tz; timestampt; YYYY-MM-DD HH24:MI:SSOF",
                "||2025-09-22 14:42:59 PST; tz; timestampt; YYYY-MM-DD HH24:MI:SSOF",
                "|2025-09-22T14:42:59|; at; timestamp; YYYY-MM-DD HH24:MI:SS",
                "|2025-09-22 14:42:59+02|; at; timestamp; YYYY-MM-DD HH24:MI:SS",
            })
    void iso8601IsNoDefaultFormat(String row, String column, String type, String format) throws SQLException {
        String url = cluster.s3().put("temporal/" + Integer.toHexString(row.hashCode()), row + "\n");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("temporal", url, "")))
                .hasMessageContaining("stl_load_errors");
        assertThat(cluster.rows("SELECT colname, type, err_code, err_reason FROM stl_load_errors"
                        + " WHERE trim(filename) = '" + url + "'"))
                .containsExactly(column + "|" + type + "|1206|Invalid timestamp format or value [" + format + "]");
        cluster.run(Cluster.copy("temporal", url, "TIMEFORMAT 'auto'"));
    }

    /** AWS's samples of what {@code 'auto'} recognises; the month comes before the day in all of them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2019-02-11T05:09:12.195Z; 2019-02-11 05:09:12.195; 2019-02-11 05:09:12.195",
                "J2451187; 1999-01-08 00:00:00; 1999-01-08 00:00:00",
                "J2345678 04:05:06.789; 1710-02-23 04:05:06.789; 1710-02-23 04:05:06.789",
                "Jan-08-95 BC; 0095-01-08 00:00:00 BC; 0095-01-08 00:00:00 BC",
                "19960108 040809; 1996-01-08 04:08:09; 1996-01-08 04:08:09",
                "960108 040809; 1996-01-08 04:08:09; 1996-01-08 04:08:09",
                "1996.008; 1996-01-08 00:00:00; 1996-01-08 00:00:00",
                "1996-01-08 04:05:06.789; 1996-01-08 04:05:06.789; 1996-01-08 04:05:06.789",
                "17 Dec 07:37:16 1997 PST; 1997-12-17 07:37:16; 1997-12-17 15:37:16",
                "12/17/1997 07:37:16.00 PST; 1997-12-17 07:37:16; 1997-12-17 15:37:16",
                "1997-12-17 07:37:16-08; 1997-12-17 07:37:16; 1997-12-17 15:37:16",
                "12.17.1997 07:37:16.00 PST; 1997-12-17 07:37:16; 1997-12-17 15:37:16",
                "January 8, 1999; 1999-01-08 00:00:00; 1999-01-08 00:00:00",
                "1/8/1999; 1999-01-08 00:00:00; 1999-01-08 00:00:00",
                "01/02/00; 2000-01-02 00:00:00; 2000-01-02 00:00:00",
                "2000-Jan-31; 2000-01-31 00:00:00; 2000-01-31 00:00:00",
                "Jan-31-2000; 2000-01-31 00:00:00; 2000-01-31 00:00:00",
                "31-Jan-2000; 2000-01-31 00:00:00; 2000-01-31 00:00:00",
                "080215; 2008-02-15 00:00:00; 2008-02-15 00:00:00",
                "2008.366; 2008-12-31 00:00:00; 2008-12-31 00:00:00",
                "20080215 04:05 AM; 2008-02-15 04:05:00; 2008-02-15 04:05:00",
                "20080215 04:05 PM; 2008-02-15 16:05:00; 2008-02-15 16:05:00",
                "2008-02-15 12:30 AM US/Pacific; 2008-02-15 00:30:00; 2008-02-15 08:30:00",
            })
    void autoRecognisesEverySampleOfTheGuide(String sample, String at, String utc) throws SQLException {
        load(sample + "|" + sample + "|" + sample + "\n", "DATEFORMAT 'auto' TIMEFORMAT 'auto'");
        assertThat(cluster.rows("SELECT d::varchar, at::varchar, (tz AT TIME ZONE 'UTC')::varchar FROM temporal"))
                .containsExactly(at.replaceFirst(" [\\d:.]+", "") + "|" + at + "|" + utc);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30",
                "13/13/2026",
                "17.12.1997",
                "2026-02-28 25:00",
                "2026-02-28 10:00 XYZ",
                "yesterday-ish",
                "1772236800",
                "2026-01-01 10:00 2026 extra",
                "2007.366"
            })
    void autoDoesNotRecogniseEverything(String value) throws SQLException {
        load(value + "|" + value + "|" + value + "\n", "DATEFORMAT 'auto' TIMEFORMAT 'auto' ACCEPTANYDATE");
        assertThat(cluster.rows("SELECT * FROM temporal")).containsExactly("null|null|null");
    }

    /** "MON: Month as a name (abbreviated name or full name)"; "YY: Year without century"; and the samples below them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DATEFORMAT AS 'MM/DD/YYYY'; 03/31/2003||; 2003-03-31|null",
                "DATEFORMAT AS 'MON DD, YYYY'; March 31, 2003||; 2003-03-31|null",
                "DATEFORMAT AS 'MON-DD-YYYY'; Jan-01-1999||; 1999-01-01|null",
                "DATEFORMAT AS 'DD-MON-YY'; 01-May-99||; 1999-05-01|null",
                "DATEFORMAT AS 'MM/DD/YYYY HH:MI:SS'; 03/31/2003 18:45:05||; 2003-03-31|null",
                "TIMEFORMAT AS 'MM.DD.YYYY HH:MI:SS'; |03.31.2003 18:45:05|; null|2003-03-31 18:45:05",
                "TIMEFORMAT AS 'MM.DD.YYYY HH:MI:SS'; |03.31.2003 18:45:05.123456|; null|2003-03-31 18:45:05.123456",
                "TIMEFORMAT AS 'YYYY-MM-DDTHH:MI:SSZ'; |2003-03-31T18:45:05Z|; null|2003-03-31 18:45:05",
            })
    void aFormatStringIsReadAsTheGuidesTableHasIt(String options, String row, String read) throws SQLException {
        load(row + "\n", options);
        assertThat(cluster.rows("SELECT d, at::varchar FROM temporal")).containsExactly(read);
    }

    /** "The 'auto', 'epochsecs', and 'epochmillisecs' keywords are case-sensitive." */
    @ParameterizedTest
    @CsvSource({"AUTO,2026-02-28 10:00:00", "EPOCHSECS,1772236800", "EpochMilliSecs,1772236800000"})
    void keywordsAreInLowerCase(String keyword, String value) {
        assertThatThrownBy(() -> load("|" + value + "|\n", "TIMEFORMAT '" + keyword + "'"))
                .hasMessageContaining("stl_load_errors");
    }

    /** "You can't include a time zone specifier (TZ, tz, or OF) in the timeformat_string." */
    @ParameterizedTest
    @ValueSource(strings = {"YYYY-MM-DD HH:MI:SSOF", "YYYY-MM-DD HH:MI:SS TZ", "YYYY-MM-DD HH:MI:SStz"})
    void aTimeFormatHasNoZone(String format) {
        assertThatThrownBy(() -> load("||\n", "TIMEFORMAT '" + format + "'"))
                .hasMessageContaining("TIMEFORMAT '" + format + "' has a time zone specifier");
    }

    private void load(String body, String options) throws SQLException {
        cluster.run(Cluster.copy("temporal", cluster.s3().put("temporal/one", body), options));
    }
}
