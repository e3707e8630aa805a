package dev.caravan.redshift.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.Stage;
import dev.caravan.feed.Feed;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.redshift.copy.CopySource.SingleFile;
import dev.caravan.redshift.failure.Mark;
import dev.caravan.redshift.target.CopyFormat;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyStatementTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String MANIFEST = "s3://ops/manifests/web/web-01JD-1.manifest";

    private static final List<SingleFile> SINGLES = List.of(
            new SingleFile("s3://landing/in/web/a.csv", "s3://ops/manifests/web/web-01JD-1-file-0.manifest"),
            new SingleFile("s3://landing/in/web/it's.csv", "s3://ops/manifests/web/web-01JD-1-file-1.manifest"));
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private final HiddenSecrets secrets =
            new HiddenSecrets(() -> new HiddenSecrets.Keys("ASIAOWN", "own'secret", Optional.of("own/token=")));
    private final CopyStatement sql = new CopyStatement("caravan", secrets);

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

    @Property(tries = 500)
    void nothingEscapesItsQuotesInAMerge(@ForAll @Nasty String column, @ForAll @Nasty String key) {
        Feed feed = feed(f -> {
            f.set("writeMode", "overwriteExisting");
            f.set("keys", "\"" + column + "\"");
            f.set("fileColumn", "\"" + column + "2\"");
            f.set("loadedAtColumn", "\"" + column + "3\"");
        });
        if (feed.keys().isEmpty()) {
            feed.set("keys", "id");
            feed.set("fileColumn", "file");
            feed.set("loadedAtColumn", "loaded_at");
        }
        List<String> columns = List.of(
                feed.keys().get(0),
                feed.fileColumn().orElseThrow(),
                feed.loadedAtColumn().orElseThrow());
        String url = "s3://landing/" + key;
        assertSkeleton(
                sql.load(
                        feed,
                        batch(),
                        new CopySource(url, columns, List.of(new SingleFile(url, url), new SingleFile(url, url))),
                        List.of()),
                15);
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

    @Property(tries = 2_000)
    void nothingEscapesItsQuotes(
            @ForAll @Nasty String table,
            @ForAll @Nasty String column,
            @ForAll @Nasty String options,
            @ForAll @Nasty String key) {
        Feed feed = feed(f -> {
            f.set("table", "\"" + table + "\"");
            f.set("columns", "\"" + column + "\"");
            f.set("copyOptions", "NULL AS '" + options + "'");
            f.set("format", "JSON 's3://landing/" + key + "'");
            f.set("prefix", "landing/" + key);
        });
        // A table that is no name at all is refused before it gets here.
        if (feed.table().isEmpty()) {
            feed.set("table", "web_log");
        }
        String manifest = "s3://ops/" + key;
        feed.set("fileColumn", "\"" + column + "\"");
        if (feed.fileColumn().isEmpty()) {
            feed.set("columns", "file");
            feed.set("fileColumn", "file");
        }
        assertSkeleton(sql.load(feed, batch(), CopySource.of(manifest), List.of()), 3);
        assertSkeleton(sql.load(feed, batch(), CopySource.of(manifest), List.of(manifest, key)), 4);
        assertSkeleton(sql.trial(feed, CopySource.of(manifest)), 2);
        assertSkeleton(LoadErrorViews.stl(feed, MINUTE), 0);
        assertSkeleton(sql.prepare(feed), 1);
        assertSkeleton(sql.loaded(feed, batch()), 0);
        assertSkeleton(LoadErrorViews.sys(feed, MINUTE), 0);
    }

    /** Pieces of options, of SQL and of quotes in any order: what a feed takes of them leaves the statement what it is. */
    @Property(tries = 3_000)
    void noOptionFormatOrKeyAddsToTheStatement(
            @ForAll @Size(max = 8) List<@From("pieces") String> options,
            @ForAll @Nasty String argument,
            @ForAll CopyFormat.Kind kind) {
        Feed feed = feed(f -> f.set("format", kind + " 's3://conf/" + argument + "'"));
        feed.set("format", kind + " '" + argument + ":3'");
        feed.set("masterSymmetricKey", argument);
        feed.set("copyOptions", String.join(" ", options));
        assertSkeleton(sql.load(feed, batch(), CopySource.of(MANIFEST), List.of()), 3);
        assertThat(feed.copyOptions()).isIn("", String.join(" ", options).strip());
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                "NULL AS",
                "GZIP",
                "MAXERROR",
                "1",
                "'x'",
                "''",
                "'",
                "\\",
                "'\\'",
                "'\\\\'",
                "; DROP TABLE x",
                "--",
                "/*",
                "*/",
                "$$",
                "\"",
                "ENCODING",
                "UTF8",
                "COMPUPDATE",
                "OFF",
                "E'x'",
                "AS",
                ")",
                "\0",
                "DELIMITER ';'");
    }

    @Property
    void literalsAndIdentifiersMeanWhatWasGiven(@ForAll @StringLength(min = 1) String given) {
        String text = given.replace("\0", "");
        assertThat(meaning(SqlText.literal(text))).isEqualTo(text);
        if (!text.isEmpty()) {
            String quoted = SqlText.identifier(text);
            assertThat(quoted.substring(1, quoted.length() - 1).replace("\"\"", "\""))
                    .isEqualTo(text);
        }
    }

    /** What Redshift makes of a literal. */
    private static String meaning(String literal) {
        var text = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            if (literal.charAt(i) == '\\' || literal.charAt(i) == '\'') {
                i++;
            }
            text.append(literal.charAt(i));
        }
        return text.toString();
    }

    /** Takes everything quoted away, as a reader with and as one without backslash escapes: only what Caravan says itself may be left. */
    private static void assertSkeleton(String statement, int semicolons) {
        for (boolean escapes : new boolean[] {true, false}) {
            String left = unquoted(statement, escapes).replace(">= getdate() - INTERVAL", "");
            assertThat(left).as(statement).matches("[A-Za-z0-9_(),;.*=|\\s]*");
            assertThat(left.chars().filter(c -> c == ';').count()).as(statement).isEqualTo(semicolons);
        }
    }

    private static String unquoted(String statement, boolean escapes) {
        var left = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < statement.length(); i++) {
            char c = statement.charAt(i);
            if (quote == 0) {
                if (c == '\'' || c == '"') {
                    quote = c;
                } else {
                    left.append(c);
                }
            } else if (c == '\\' && quote == '\'' && escapes) {
                i++;
            } else if (c == quote) {
                quote = 0;
            }
        }
        assertThat(quote == 0).as(statement).isTrue();
        return left.toString();
    }

    private static Feed feed(Consumer<Feed> settings) {
        return feed(settings, "default");
    }

    private static Feed feed(Consumer<Feed> settings, String role) {
        Feed feed = new Feed();
        feed.set("prefix", "landing/in/web/");
        feed.set("table", "public.web_log");
        feed.set("iamRole", role);
        settings.accept(feed);
        return feed;
    }

    private static Batch batch() {
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");
        return new Batch(
                "web-01JD",
                "web",
                "web",
                Batch.SHARED,
                BatchStatus.LOCKED,
                Stage.COPY,
                100,
                123_456,
                2,
                noon,
                noon,
                Optional.of(noon),
                1,
                0,
                MANIFEST,
                "",
                Map.of(),
                0,
                List.of(),
                Map.of(),
                0,
                Optional.empty());
    }

    private static void assertGolden(String name, String statement) throws IOException {
        try (InputStream in = Objects.requireNonNull(CopyStatementTest.class.getResourceAsStream(name), name)) {
            String read = statement
                    .replace(Mark.LOADED.text(), "already loaded [nonce] ")
                    .replace(Mark.READABLE.text(), "readable [nonce] ");
            assertThat(read + "\n").isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Texts of the characters that end things in SQL. */
    @Chars({'\'', '"', '\\', ';', '-', '/', '*', '$', '\n', ' ', 'é'})
    @CharRange(from = 'a', to = 'c')
    @StringLength(min = 1, max = 12)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Nasty {}
}
