package dev.caravan.redshift.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.feed.Feed;
import dev.caravan.redshift.copy.CopySource.SingleFile;
import dev.caravan.redshift.target.CopyFormat;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
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

/** Whatever names, options and keys say, a statement stays what Caravan has written. */
class CopyQuotingTest extends SampleLoads {
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

    /** Texts of the characters that end things in SQL. */
    @Chars({'\'', '"', '\\', ';', '-', '/', '*', '$', '\n', ' ', 'é'})
    @CharRange(from = 'a', to = 'c')
    @StringLength(min = 1, max = 12)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Nasty {}
}
