package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.base.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Redshift refuses in one COPY is refused at start, with the reason. */
class CopyRulesTest {
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "CSV; GZIP IGNOREHEADER 1 DELIMITER ',' QUOTE AS '%' NULL AS '' ENCODING UTF16",
                "CSV; MAXERROR 100000 COMPROWS 1000 ACCEPTINVCHARS ACCEPTANYDATE",
                "DELIMITED; DELIMITER '|~|' ESCAPE REMOVEQUOTES FILLRECORD LZOP",
                "FIXEDWIDTH 'id:3,name:10'; IGNOREHEADER 1 TRIMBLANKS ENCODING UTF8 IGNOREBLANKLINES",
                "JSON 's3://conf/paths.json'; IGNOREHEADER 1 EMPTYASNULL TIMEFORMAT 'epochmillisecs' ZSTD REGION 'us-gov-east-1'",
                "AVRO 'auto ignorecase'; TRUNCATECOLUMNS MAXERROR 5",
                "PARQUET; ACCEPTINVCHARS '^' FILLRECORD STATUPDATE ON EXPLICIT_IDS SERIALIZETOJSON",
                "ORC; STATUPDATE OFF",
            })
    void whatRedshiftTakesIsTaken(String format, String options) {
        assertThat(faults(format, options)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "CSV; ESCAPE; CSV has no escape character",
                "CSV; REMOVEQUOTES; takes quotes off by itself",
                "CSV; SERIALIZETOJSON; only PARQUET and ORC",
                "DELIMITED; QUOTE '%'; only CSV has a quote character",
                "FIXEDWIDTH 'id:3'; DELIMITER ','; no delimiter",
                "FIXEDWIDTH 'id:3'; ESCAPE; refuses it with FIXEDWIDTH",
                "FIXEDWIDTH 'id:3'; QUOTE '%'; only CSV",
                "FIXEDWIDTH 'id:3'; ENCODING UTF16; UTF8",
                "JSON; DELIMITER ','; no delimiter between fields",
                "JSON; QUOTE '%'; only CSV",
                "JSON; ESCAPE; refuses it with JSON",
                "JSON; FILLRECORD; refuses it with JSON",
                "JSON; IGNOREBLANKLINES; refuses it with JSON",
                "JSON; NULL AS 'x'; refuses it with JSON",
                "JSON; REMOVEQUOTES; refuses it with JSON",
                "AVRO; IGNOREHEADER 1; refuses it with AVRO",
                "AVRO; DELIMITER ','; no delimiter between fields",
                "AVRO; QUOTE '%'; only CSV",
                "PARQUET; MAXERROR 5; fails at its first error",
                "PARQUET; ACCEPTANYDATE; fails at its first error",
                "PARQUET; IGNOREALLERRORS; fails at its first error",
                "PARQUET; GZIP; compressed within",
                "PARQUET; REGION 'eu-west-1'; own region",
                "PARQUET; TRUNCATECOLUMNS; takes only ACCEPTINVCHARS, EXPLICIT_IDS, FILLRECORD, SERIALIZETOJSON, STATUPDATE",
                "ORC; COMPUPDATE OFF; takes only",
                "CSV; GZIP ZSTD; can't be GZIP as well",
                "CSV; GZIP GZIP; stands there twice",
                "CSV; MAXERROR 5 IGNOREALLERRORS; together with MAXERROR",
                "CSV; MAXERROR 100001; from 0 to 100000",
                "CSV; COMPROWS 999; from 1000",
                "CSV; COMPROWS 99999999999; from 1000",
                "CSV; QUOTE 'ab'; single ASCII character",
                "CSV; ACCEPTINVCHARS ''; single ASCII character",
                "CSV; ACCEPTINVCHARS 'é'; single ASCII character",
                "CSV; DELIMITER ''; between fields",
                "CSV; NULL AS '\\n'; another text",
                "CSV; TIMEFORMAT 'AUTO'; lower case",
                "CSV; TIMEFORMAT 'EpochMillisecs'; write 'epochmillisecs', in lower case",
                "CSV; DATEFORMAT 'Auto'; lower case",
                "CSV; TIMEFORMAT 'YYYY-MM-DD HH:MI:SSOF'; a format has no time zone",
                "CSV; TIMEFORMAT 'YYYY-MM-DD HH:MI:SS TZ'; a format has no time zone",
                "CSV; REGION 'Ireland'; 'eu-west-1'",
            })
    void whatRedshiftRefusesIsAFault(String format, String options, String advice) {
        assertThat(faults(format, options)).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo("web.copyOptions");
            assertThat(options.replace(" AS", "")).contains(fault.value());
            assertThat(fault.value()).isNotEmpty();
            assertThat(fault.advice()).contains(advice);
        });
    }

    @Test
    void everyFaultIsTold() {
        assertThat(faults("PARQUET", "GZIP MAXERROR 5 REGION 'eu-west-1'")).hasSize(3);
    }

    @Test
    void columnarFilesAreNotEncryptedByTheirWriter() {
        Feed feed = feed("ORC", "");
        feed.set("masterSymmetricKey", KEY);
        assertThat(faults(feed)).singleElement().satisfies(fault -> {
            assertThat(fault.toString()).startsWith("web.masterSymmetricKey: Redshift reads no ORC");
            assertThat(fault.toString()).doesNotContain(KEY);
        });
    }

    @Test
    void anObjectGoesWholeIntoOneColumn() {
        Feed feed = feed("JSON 'noshred'", "");
        feed.set("columns", "doc");
        assertThat(faults(feed)).isEmpty();
        feed.set("columns", "doc, other");
        assertThat(faults(feed)).extracting(Fault::key).containsExactly("web.columns");
    }

    @Test
    void idsFromFilesDoNotGoThroughTemporaryTables() {
        Feed feed = feed("CSV", "EXPLICIT_IDS");
        assertThat(faults(feed)).isEmpty();
        feed.set("loadedAtColumn", "at");
        assertThat(faults(feed))
                .singleElement()
                .asString()
                .startsWith("web.copyOptions = EXPLICIT_IDS: rows go through temporary tables");
    }

    @Test
    void aJsonPathsFileIsNotToBeLoadedAsData() {
        assertThat(faults("AVRO 's3://landing/web/paths.json'", ""))
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .startsWith("web.format = s3://landing/web/paths.json: feed 'web' would load"));
        assertThat(faults("AVRO 's3://landing/conf/paths.json'", "")).isEmpty();
    }

    private static List<Fault> faults(String format, String options) {
        return faults(feed(format, options));
    }

    private static List<Fault> faults(Feed feed) {
        return new Feeds(() -> Map.of("web", feed), FeedDefaults.NONE).faults();
    }

    private static Feed feed(String format, String options) {
        Feed feed = new Feed();
        feed.set("prefix", "landing/web/");
        feed.set("table", "web");
        feed.set("clusters", "redshift");
        feed.set("iamRole", "default");
        feed.set("manifestPrefix", "ops/manifests");
        feed.set("format", format);
        feed.set("copyOptions", options);
        return feed;
    }
}
