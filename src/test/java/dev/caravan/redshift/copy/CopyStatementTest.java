package dev.caravan.redshift.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.feed.Feed;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.redshift.copy.CopySource.SingleFile;
import dev.caravan.redshift.failure.Mark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyStatementTest extends SampleLoads {
    private static final List<SingleFile> SINGLES = List.of(
            new SingleFile("s3://landing/in/web/a.csv", "s3://ops/manifests/web/web-01JD-1-file-0.manifest"),
            new SingleFile("s3://landing/in/web/it's.csv", "s3://ops/manifests/web/web-01JD-1-file-1.manifest"));

    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    @Test
    void newColumnsAreAddedBehindTheGuard_oneByOne_andFilledThroughTemporaryTablesToo() throws Exception {
        List<AddedColumn> added = List.of(
                new AddedColumn("referrer", "VARCHAR(65535)"),
                new AddedColumn("a\"; DROP TABLE x; --", "DECIMAL(9,2)"));
        assertGolden(
                "load-new-columns.sql",
                sql.load(
                        feed(f -> {
                            f.set("format", "JSON");
                            f.set("preSql", "SELECT 1");
                            f.set("loadedAtColumn", "loaded_at");
                        }),
                        batch(),
                        new CopySource(MANIFEST, List.of("id", "loaded_at"), added, List.of()),
                        List.of()));
        assertThat(sql.trial(
                        feed(f -> f.set("format", "JSON")), new CopySource(MANIFEST, List.of("id"), added, List.of())))
                .contains("ADD COLUMN \"referrer\" VARCHAR(65535);\nALTER TABLE");
        assertThatThrownBy(() -> new AddedColumn("x", "INT); DROP TABLE x; --"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLoadOfJsonIsTheGoldenOne() throws Exception {
        assertGolden(
                "load-json.sql",
                sql.load(
                        feed(f -> {
                            f.set("format", "JSON");
                            f.set("copyOptions", "GZIP TIMEFORMAT 'auto'");
                        }),
                        batch(),
                        CopySource.of(MANIFEST),
                        List.of()));
    }

    @Test
    void aLoadOfCsvWithColumnsAndOddNamesIsTheGoldenOne() throws Exception {
        assertGolden(
                "load-csv.sql",
                sql.load(
                        feed(f -> {
                            f.set("table", "\"Sales \"\"EU\"\"\".Orders");
                            f.set("columns", "Id, \"unit price; in €\"");
                            f.set("copyOptions", "IGNOREHEADER 1");
                            f.set("iamRole", "arn:aws:iam::123456789012:role/a,arn:aws:iam::210987654321:role/b");
                        }),
                        batch(),
                        CopySource.of("s3://ops/it's a \\ manifest"),
                        List.of()));
    }

    @Test
    void aLoadOfDelimitedTextIsTheGoldenOne() throws Exception {
        assertGolden(
                "load-delimited.sql",
                sql.load(
                        feed(f -> {
                            f.set("format", "DELIMITED");
                            f.set("copyOptions", "DELIMITER '\\t' NULL AS '\\\\N'");
                        }),
                        batch(),
                        CopySource.of(MANIFEST),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "copy-csv.sql~ CSV~ QUOTE AS '%' DELIMITER AS ';'",
                "copy-delimited.sql~ DELIMITED~ ESCAPE NULL AS ''",
                "copy-fixedwidth.sql~ FIXEDWIDTH 'id:3,full name:25'~ TRIMBLANKS",
                "copy-json.sql~ JSON 'auto ignorecase'~ ZSTD",
                "copy-json-paths.sql~ JSON 's3://conf/paths.json'~ IGNOREHEADER 1",
                "copy-json-noshred.sql~ JSON 'noshred'~ MAXERROR 5",
                "copy-avro.sql~ AVRO~ TRUNCATECOLUMNS",
                "copy-avro-paths.sql~ AVRO 's3://conf/paths.json'~ ``",
                "copy-parquet.sql~ PARQUET~ FILLRECORD SERIALIZETOJSON",
                "copy-orc.sql~ ORC~ STATUPDATE OFF",
            })
    void aCopyOfEachFormatIsTheGoldenOne(String golden, String format, String options) throws Exception {
        Feed feed = feed(f -> f.set("format", format));
        feed.set("copyOptions", options);
        assertThat(feed.copyOptions()).isEqualTo(options);
        assertGolden(golden, sql.noload(feed, CopySource.of(MANIFEST)));
    }

    @Test
    void aCopyOfFilesThatTheirWriterEncryptedIsTheGoldenOne() throws Exception {
        assertRevealed("copy-encrypted.sql", feed(f -> f.set("masterSymmetricKey", KEY)), KEY);
    }

    @Test
    void aCopyWithCaravansOwnKeysIsTheGoldenOne() throws Exception {
        assertRevealed("copy-session.sql", feed(f -> f.set("copyCredentials", "session")), "own");
    }

    @Test
    void aCopyWithKeysIsTheGoldenOne() throws Exception {
        Feed feed = feed(f -> f.set("copyCredentials", "keys"));
        feed.set("accessKeyId", "AKIAOFAFEED");
        feed.set("secretAccessKey", "secret+of/a=feed");
        assertRevealed("copy-keys.sql", feed, "AKIAOFAFEED");
        assertThat(secrets.conceal("syntax error near secret+of/a=feed")).isEqualTo("syntax error near ***");
    }

    /** The statement has no secret until it is revealed. */
    private void assertRevealed(String golden, Feed feed, String secret) throws Exception {
        String hidden = sql.noload(feed, CopySource.of(MANIFEST));
        assertThat(hidden).doesNotContain(secret);
        assertGolden(golden, secrets.reveal(hidden));
    }

    @Test
    void aLoadThatReplacesFilesRowsIsTheGoldenOne() throws Exception {
        assertGolden(
                "load-replace.sql",
                sql.load(
                        feed(f -> {
                            f.set("columns", "id, \"source file\"");
                            f.set("fileColumn", "\"source file\"");
                        }),
                        batch(),
                        CopySource.of(MANIFEST),
                        List.of("s3://landing/in/web/it's.csv", "s3://landing/in/web/b.csv")));
    }

    @Test
    void aLoadThatReplacesAllWithSqlAroundItIsTheGoldenOne() throws Exception {
        assertGolden(
                "load-replace-all.sql",
                sql.load(
                        feed(f -> {
                            f.set("writeMode", "replace");
                            f.set("preSql", "SELECT 1; DELETE FROM web_log_old;");
                            f.set("postSql", "INSERT INTO loads VALUES ('it;s')");
                        }),
                        batch(),
                        CopySource.of(MANIFEST),
                        List.of()));
    }

    @Test
    void aMergeIsTheGoldenOne_oneFileAfterTheOtherOrAllAtOnce() throws Exception {
        assertGolden(
                "load-overwrite-existing.sql",
                sql.load(
                        feed(f -> {
                            f.set("writeMode", "overwriteExisting");
                            f.set("keys", "id, \"Day\"");
                        }),
                        batch(),
                        new CopySource(MANIFEST, List.of("id", "Day", "n"), SINGLES),
                        List.of()));
        assertGolden(
                "load-keep-existing.sql",
                sql.load(
                        feed(f -> {
                            f.set("writeMode", "keepExisting");
                            f.set("keys", "id");
                        }),
                        batch(),
                        new CopySource(MANIFEST, List.of("id", "at"), SINGLES.subList(0, 1)),
                        List.of()));
        assertGolden(
                "load-overwrite-earlier.sql",
                sql.load(
                        feed(f -> {
                            f.set("writeMode", "overwriteExisting");
                            f.set("keys", "id");
                            f.set("orderBy", "at, \"N\"");
                        }),
                        batch(),
                        new CopySource(MANIFEST, List.of("id", "at", "N"), List.of()),
                        List.of()));
    }

    @Test
    void aLoadThatSaysWhereRowsCameFromIsTheGoldenOne() throws Exception {
        Feed feed = feed(f -> {
            f.set("fileColumn", "file");
            f.set("loadedAtColumn", "loaded_at");
        });
        CopySource source = new CopySource(MANIFEST, List.of("file", "id", "loaded_at", "n"), SINGLES);
        assertGolden("load-lineage.sql", sql.load(feed, batch(), source, List.of()));
        assertGolden("trial-lineage.sql", sql.trial(feed, source));
        assertThat(sql.noload(feed, source))
                .startsWith("COPY \"public\".\"web_log\" (\"id\", \"n\")\n")
                .endsWith("\nNOLOAD");
    }

    @Test
    void theOtherStatementsAreTheGoldenOnes() throws Exception {
        Feed feed = feed(f -> {});
        assertGolden("prepare.sql", sql.prepare(feed));
        assertGolden("loaded.sql", sql.loaded(feed, batch()));
        assertGolden("sys-errors.sql", LoadErrorViews.sys(feed, MINUTE));
        assertGolden("stl-errors.sql", LoadErrorViews.stl(feed, MINUTE));
        assertGolden("trial.sql", sql.trial(feed, CopySource.of(MANIFEST)));
    }

    @Test
    void aTargetHasOneLedgerTableHoweverItIsWritten() {
        assertThat(sql.ledgerTable("public.web_log"))
                .isEqualTo("\"caravan\".\"public.web_log\"")
                .isEqualTo(sql.ledgerTable("web_log"))
                .isEqualTo(sql.ledgerTable("PUBLIC.\"web_log\""));
    }

    @Test
    void aLedgerTablesNameFitsAndTellsLongTargetsApart() {
        String a = sql.ledgerTable("s".repeat(127) + "." + "t".repeat(127));
        String b = sql.ledgerTable("s".repeat(127) + "." + "t".repeat(126));
        assertThat(a).isNotEqualTo(b).hasSize("\"caravan\".\"\"".length() + 127);
        assertThat(sql.ledgerTable("ü".repeat(63) + "." + "ü".repeat(63)).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo("\"caravan\".\"\"".length() + 127);
    }

    @Test
    void errorsOfALongPrefixAreLookedUpByWhatTheViewKeeps() {
        assertThat(LoadErrorViews.sys(feed(f -> f.set("prefix", "landing/" + "x".repeat(500))), MINUTE))
                .contains("LEFT(file_name, 256) = 's3://landing/" + "x".repeat(243) + "'");
    }

    @Test
    void aFeedThatCanNotBeLoadedIsNamed() {
        assertThatThrownBy(() -> sql.load(new Feed(), batch(), CopySource.of(MANIFEST), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a table's name");
        assertThatThrownBy(() -> sql.load(feed(f -> {}, ""), batch(), CopySource.of(MANIFEST), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no iamRole");
        assertThatThrownBy(() -> SqlText.literal("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SqlText.identifier("")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertGolden(String name, String statement) throws IOException {
        try (InputStream in = Objects.requireNonNull(CopyStatementTest.class.getResourceAsStream(name), name)) {
            String read = statement
                    .replace(Mark.LOADED.text(), "already loaded [nonce] ")
                    .replace(Mark.READABLE.text(), "readable [nonce] ");
            assertThat(read + "\n").isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
