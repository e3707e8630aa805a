package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caravan.base.Fault;
import dev.caravan.feed.capture.AllowedTables;
import dev.caravan.feed.capture.Unresolved;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.redshift.target.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Which tables a key may name, whatever stands in it. */
class AllowedTablesTest {
    private static final String OWN = "Caravan Books";

    /** Shapes of tables, what may be said of them, and whether a table that a cluster knows is then one that may be loaded. */
    private record Shape(String table, String allowed, Predicate<List<String>> may) {}

    private static final List<Shape> SHAPES = List.of(
            new Shape("$1.$2", "", parts -> true),
            new Shape("\"$1\".\"$2\"", "", parts -> true),
            new Shape("$1", "", parts -> true),
            new Shape("\"$1\"", "", parts -> true),
            new Shape("pg$1.$2", "", parts -> true),
            new Shape(
                    "logs_$1.web_$2",
                    "logs_*.web_*",
                    parts -> parts.get(0).startsWith("logs_") && parts.get(1).startsWith("web_")),
            new Shape(
                    "\"$1\".\"$2\"",
                    "logs.*, Landing.a_*",
                    parts -> parts.get(0).equals("logs")
                            || (parts.get(0).equals("landing") && parts.get(1).startsWith("a_"))),
            new Shape("$1.x", "\"logs.eu\".*", parts -> parts.get(0).equals("logs.eu")),
            new Shape(
                    "\"$1\"",
                    "events_*",
                    parts -> parts.size() == 1 && parts.get(0).startsWith("events_")),
            new Shape(
                    "$1.$2",
                    "ks.k*",
                    parts -> parts.get(0).equals("ks") && parts.get(1).startsWith("k")));

    /** A cluster's name of a table: folded, as one of Redshift's kinds of clusters does, without blanks at the end, and cut off. */
    private static List<String> known(TableName table, boolean unicode) {
        return table.parts().stream()
                .map(part -> unicode ? part.toLowerCase(Locale.ROOT) : ascii(part))
                .map(part -> part.replaceAll("[ \\u00a0]+$", ""))
                .map(part -> new String(
                        part.getBytes(StandardCharsets.UTF_8),
                        0,
                        Math.min(127, part.getBytes(StandardCharsets.UTF_8).length),
                        StandardCharsets.UTF_8))
                .toList();
    }

    private static String ascii(String text) {
        StringBuilder folded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return folded.toString();
    }

    @Property(tries = 2000)
    void noKeyReachesATableOutsideOfWhatIsAllowed(
            @ForAll("shapes") int shape, @ForAll("names") String first, @ForAll("names") String second)
            throws Unresolved {
        Shape of = SHAPES.get(shape);
        Feed feed = feed("table", of.table(), "allowedTables", of.allowed());
        assertThat(feeds(feed).faults()).isEmpty();
        String key = "in/" + first + "/" + second;
        Throwable refused = catchThrowable(() -> feed.ofObject(key));
        if (refused != null) {
            assertThat(refused).isInstanceOf(Unresolved.class);
            return;
        }
        Feed resolved = feed.ofObject(key);
        TableName table = TableName.of(resolved.table()).orElseThrow();
        for (boolean unicode : List.of(true, false)) {
            List<String> known = known(table, unicode);
            assertThat(known.size()).isLessThanOrEqualTo(2);
            assertThat(of.may().test(known)).as("%s of %s", known, key).isTrue();
            if (known.size() == 2) {
                assertThat(known.get(0))
                        .isNotEqualTo("caravan books")
                        .isNotEqualTo("information_schema")
                        .doesNotStartWith("pg_");
            } else {
                assertThat(known.get(0))
                        .doesNotContain(".")
                        .doesNotStartWith("pg_")
                        .doesNotStartWith("stl_");
            }
        }
        assertThat(feed.ofBatch(resolved.key()).table()).isEqualTo(resolved.table());
    }

    @Property(tries = 1000)
    void twoTablesOfAFeedAreNotOneInTheCluster(@ForAll("names") String one, @ForAll("names") String other) {
        Feed feed = feed("table", "landing.$1", "keyPattern", "in/(.*)/.*");
        Optional<String> first = table(feed, "in/" + one + "/1");
        Optional<String> second = table(feed, "in/" + other + "/1");
        if (first.isPresent() && second.isPresent() && !first.equals(second)) {
            assertThat(known(TableName.of(first.get()).orElseThrow(), false))
                    .isNotEqualTo(known(TableName.of(second.get()).orElseThrow(), false));
        }
    }

    @Provide
    Arbitrary<Integer> shapes() {
        return Arbitraries.integers().between(0, SHAPES.size() - 1);
    }

    /** Names that somebody would try, with changes of case, blanks and quotes, and any others. */
    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> wicked = Arbitraries.of(
                "caravan books",
                "Caravan Books",
                "CARAVAN BOOKS",
                "caravan books\u00a0",
                "\u2007caravan books",
                "pg_catalog",
                "PG_Temp",
                "_catalog",
                "pg_temp_3",
                "information_schema",
                "INFORMATION_SCHEMA",
                "ınformation_schema",
                "İnformation_schema",
                "stl_query",
                "pg_class",
                "svv_table_info",
                "public.other",
                "logs",
                "Logs",
                "LOGS",
                "logs.eu",
                "landing",
                "a_1",
                "events_1",
                "ks",
                "\u212As",
                "\u017Fchema",
                "k1",
                "eu",
                "..",
                ".",
                "\"",
                "'",
                "\\",
                ";",
                "*",
                "$1",
                "${day}",
                "--",
                "\u00e9",
                "e\u0301",
                "a".repeat(127),
                "a".repeat(126) + "\u00e9",
                "\ud83d\ude00");
        Arbitrary<String> pieces = Arbitraries.oneOf(
                wicked,
                Arbitraries.of(" ", "\u00a0", "\t", ".", "\"", "\ud800", "\u200b", ""),
                Arbitraries.strings().ofMaxLength(5));
        return Arbitraries.oneOf(wicked, pieces.list().ofMinSize(1).ofMaxSize(3).map(list -> String.join("", list)));
    }

    @Example
    void whatAPersonExpects() {
        assertThat(allows("logs.*", "logs.web", "LOGS.Web", "logs.\"a.b\"")).containsOnly(true);
        assertThat(allows("logs.*", "web", "logs2.web", "\"logs.web\"", "\"logs.x\".web"))
                .containsOnly(false);
        assertThat(allows("Logs_*.Web, archive.clicks", "logs_eu.web", "archive.clicks"))
                .containsOnly(true);
        assertThat(allows("Logs_*.Web, archive.clicks", "logs.web", "archive.clicks2", "archive.x"))
                .containsOnly(false);
        assertThat(allows("\"Logs\".*", "\"Logs\".web")).containsOnly(true);
        assertThat(allows("\"Logs\".*", "logs.web")).containsOnly(false);
        assertThat(allows("\"a,b\".\"c.*\"", "\"a,b\".\"c.d\"")).containsOnly(true);
        assertThat(allows("a.b*", "a.\"b\n\"")).containsOnly();
        assertThat(Stream.of("", "a.b.c", "a,", ",a", "a b", "a.\"", "a..b", "a.(b)", "1a.b")
                        .map(AllowedTables::of))
                .containsOnly(Optional.empty());
    }

    @Example
    void whatIsReservedIsRefusedAtStart() {
        String advice = "; load into a table of your own in another schema";
        assertThat(faults("table", "\"CARAVAN books\".\"public.web\""))
                .containsExactly(
                        "web.table = \"CARAVAN books\".\"public.web\": schema Caravan Books is Caravan's own" + advice);
        assertThat(faults("clusterTables", "redshift=Pg_Catalog.x"))
                .containsExactly("web.clusterTables = Pg_Catalog.x: schema pg_catalog is the system's" + advice);
        assertThat(faults("table", "information_schema.$1"))
                .containsExactly(
                        "web.table = information_schema.$1: schema information_schema is the system's" + advice);
        assertThat(faults("table", "caravan.web")).isEmpty();
    }

    @Example
    void allowedTablesThatAllowNothingAreAFault() {
        assertThat(faults("allowedTables", "logs.*"))
                .containsExactly(
                        "web.allowedTables = logs.*: no capture of keyPattern stands in table or clusterTables, so that"
                                + " there is nothing to allow; remove it");
        assertThat(faults("table", "logs.$1", "allowedTables", "web.*, logs"))
                .containsExactly(
                        "web.allowedTables = web.*, logs: it allows nothing that logs.$1 could become; add logs.* or"
                                + " less");
        assertThat(faults("table", "logs.$1", "allowedTables", "logs"))
                .containsExactly(
                        "web.allowedTables = logs: it allows nothing that logs.$1 could become; add logs.* or less");
        assertThat(faults("table", "logs.$1", "allowedTables", "logs.a b"))
                .containsExactly(
                        "web.allowedTables = logs.a b: write tables separated by commas, each schema.table as the feed's"
                                + " table has it, * for any characters, for example logs_*.web_*");
        assertThat(faults("clusterTables", "redshift=archive.$1", "allowedTables", "archive.a*"))
                .isEmpty();
    }

    @Example
    void whereNothingLimitsThemItIsSaidWhatToWrite() {
        assertThat(feed("table", "logs_$1.\"Web $2\"", "clusterTables", "redshift=archive.$2")
                        .unlimitedTables())
                .contains("archive.*, logs_*.\"Web *\"");
        assertThat(feed("table", "logs.$1", "allowedTables", "logs.*").unlimitedTables())
                .isEmpty();
        assertThat(feed().unlimitedTables()).isEmpty();
    }

    @Example
    void whatIsRefusedIsSaid() {
        Feed feed = feed("table", "$1.$2", "allowedTables", "logs.*, archive.*");
        assertThatThrownBy(() -> feed.ofObject("in/caravan books/public.other"))
                .hasMessage(
                        "\"caravan books\".\"public.other\" is no table that a key may name: schema Caravan Books is Caravan's"
                                + " own (1=caravan books, 2=public.other)");
        assertThatThrownBy(() -> feed.ofObject("in/web/other"))
                .hasMessage("web.other is not among allowedTables: logs.*, archive.* (1=web, 2=other)");
        assertThatThrownBy(() -> feed("table", "$1").ofObject("in/STL_Query/1"))
                .hasMessageStartingWith(
                        "stl_query is no table that a key may name: without a schema it is the system's");
        assertThatThrownBy(() -> feed("table", "\"$1\"").ofObject("in/public.other/1"))
                .hasMessageContaining("it has a dot and no schema");
        assertThatThrownBy(() -> feed("table", "a.\"$1\"").ofObject("in/b /1"))
                .hasMessageContaining("a part begins or ends with a blank");
    }

    @Example
    void aKeyChoosesNoOtherFileOfPathsThanBelowItsFolder_andNoOptionThatCopyRefuses() throws Unresolved {
        assertThat(faults("format", "JSON 's3://$1/paths.json'"))
                .containsExactly(
                        "web.format = s3://$1/paths.json: a key may not choose the bucket of the jsonpaths file; write the"
                                + " bucket's name");
        Feed feed = feed("format", "JSON 's3://conf/paths/$1.json'", "keyPattern", "in/(.*)/.*");
        assertThat(feed.ofObject("in/a/b/1").format().argument()).isEqualTo("s3://conf/paths/a/b.json");
        for (String wicked : List.of("../x", "a/../../x", "./x", "a'b", "a\\b")) {
            assertThat(catchThrowable(() -> feed.ofObject("in/" + wicked + "/1")))
                    .as(wicked)
                    .isInstanceOf(Unresolved.class);
        }
        assertThatThrownBy(() ->
                        feed("copyOptions", "NULL AS '$1' DATEFORMAT '$2'").ofObject("in/x/AUTO"))
                .hasMessageContaining("write 'auto', in lower case");
    }

    private static Optional<String> table(Feed feed, String key) {
        try {
            return Optional.of(feed.ofObject(key).table());
        } catch (Unresolved e) {
            return Optional.empty();
        }
    }

    private static Stream<Boolean> allows(String allowed, String... tables) {
        AllowedTables of = AllowedTables.of(allowed).orElseThrow();
        return Stream.of(tables).flatMap(table -> TableName.of(table).stream()).map(of::allows);
    }

    private static Stream<String> faults(String... properties) {
        return feeds(feed(properties)).faults().stream().map(Fault::toString);
    }

    private static Feeds feeds(Feed feed) {
        return new Feeds(
                () -> Map.of("web", feed), new FeedDefaults("redshift", "default", "", "ops/manifests", "", "", OWN));
    }

    private static Feed feed(String... properties) {
        Feed feed = new Feed();
        feed.set("prefix", "landing/in/");
        feed.set("table", "web");
        feed.set("keyPattern", "in/([^/]*)/(.*)");
        for (int i = 0; i < properties.length; i += 2) {
            assertThat(FeedProperties.ALL.names()).contains(properties[i]);
            feed.set(properties[i], properties[i + 1]);
        }
        feeds(feed).faults();
        return feed;
    }
}
