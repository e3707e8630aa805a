package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caravan.base.Fault;
import dev.caravan.batch.BatchKey;
import dev.caravan.feed.capture.Unresolved;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.redshift.target.CopyOptions;
import dev.caravan.redshift.target.TableName;
import dev.caravan.s3.event.ObjectCreated;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

/** What groups of a key pattern make of a feed's table and options. */
class CapturesTest {

    @Example
    void groupsByNumberAndByName() throws Unresolved {
        Feed feed = feed(
                "keyPattern", "in/(\\w+)/(?<day>[^/]+)/.*",
                "table", "Logs_$1.\"Web ${day}\"",
                "copyOptions", "IGNOREHEADER 1 TIMEFORMAT AS '${day}' DATEFORMAT '$1'",
                "format", "JSON 's3://landing/paths/$1.json'");
        Feed of = feed.ofObject("in/Eu/2026-11-21/1.json");
        assertThat(of.table()).isEqualTo("logs_eu.\"Web 2026-11-21\"");
        assertThat(of.copyOptions()).isEqualTo("IGNOREHEADER 1 TIMEFORMAT AS '2026-11-21' DATEFORMAT 'Eu'");
        assertThat(of.format().argument()).isEqualTo("s3://landing/paths/Eu.json");
        assertThat(of.key()).isEqualTo("web#1=Eu&day=2026-11-21");
        assertThat(BatchKey.name(of.key())).isEqualTo("web");
        assertThat(feed.ofBatch(of.key()).table()).isEqualTo(of.table());
        assertThat(feed.key()).isEqualTo("web");
        assertThat(feed.isCapturing()).isTrue();
        assertThat(of.isCapturing()).isFalse();
    }

    @Example
    void onlyWhatIsReferredToKeepsFilesApart() throws Unresolved {
        Feed feed = feed("keyPattern", "in/(\\w+)/(\\d+)", "table", "logs_$1");
        assertThat(feed.ofObject("in/a/1").key())
                .isEqualTo(feed.ofObject("in/a/2").key())
                .isEqualTo("web#1=a");
        Feed plain = feed("keyPattern", "in/(\\w+)/(\\d+)");
        assertThat(plain.ofObject("in/a/1")).isSameAs(plain);
    }

    @Example
    void aKeyThatDoesNotMatchIsNotTheFeeds() {
        Feed feed = feed("keyPattern", "in/(\\d+)/.*", "table", "logs_$1");
        Feeds feeds = feeds(feed);
        assertThat(feeds.faults()).isEmpty();
        assertThat(feeds.match(object("in/12/a"))).containsExactly(feed);
        assertThat(feeds.match(object("in/x/a"))).isEmpty();
        assertThat(feeds.match(object("in/12"))).isEmpty();
    }

    @Example
    void eachClusterItsTable() throws Unresolved {
        Feed feed = feed(
                "keyPattern", "in/(\\w+)/.*",
                "clusters", "redshift, backup, lab",
                "table", "public.web",
                "clusterTables", "backup=archive.web_$1, lab=\"A, B\".web");
        assertThat(feeds(feed).faults()).isEmpty();
        Feed of = feed.ofObject("in/eu/1");
        assertThat(List.of(
                        of.in("redshift").table(),
                        of.in("backup").table(),
                        of.in("lab").table()))
                .containsExactly("public.web", "archive.web_eu", "\"A, B\".web");
        assertThat(of.in("backup").key()).isEqualTo(of.key());
        assertThat(of.in("backup").name()).isEqualTo("web");
    }

    @Example
    void whatIsWrongIsAFault() {
        assertThat(faults("keyPattern", "in/(", "table", "web"))
                .containsExactly("web.keyPattern = in/(: not a regular expression; write for example"
                        + " logs/(?<day>[^/]+)/.*\\.gz");
        assertThat(faults("keyPattern", "in/(?<day>.*)", "table", "web_${hour}", "copyOptions", "NULL AS '$2'"))
                .containsExactly(
                        "web.keyPattern = in/(?<day>.*): it has no group for $2, to which table or options refer: add one"
                                + " in parentheses, (?<name>…) for ${name}");
        assertThat(faults("table", "web_${day}"))
                .containsExactly("web.table = web_${day}: it refers to a part of the object's key, but the feed has no"
                        + " keyPattern whose groups say which: add one");
        assertThat(faults("table", "web", "clusterTables", "backup=a.b"))
                .containsExactly("web.clusterTables = backup: the feed has no such cluster, only redshift: add it to"
                        + " clusters, or remove its table");
        assertThat(faults("table", "web", "clusterTables", "redshift=a.b.c"))
                .containsExactly("web.clusterTables = redshift=a.b.c: write cluster=schema.table, separated by commas,"
                        + " each cluster once");
        assertThat(faults("table", "web$1")).isEmpty();
    }

    @Example
    void whatMakesNoTableIsSaid() {
        Feed feed = feed("keyPattern", "in/([^/]*)/?(.*)", "table", "logs_$1", "copyOptions", "DELIMITER '$2'");
        assertThatThrownBy(() -> feed.ofObject("in//x")).hasMessage("group 1 of keyPattern matches nothing in it");
        assertThatThrownBy(() -> feed.ofObject("in/" + "a".repeat(200) + "/x"))
                .hasMessageContaining("is no table's name: a part has at most 127 bytes");
        assertThatThrownBy(() -> feed.ofObject("in/a\n/x"))
                .hasMessage("group 1 of keyPattern matches a control character or half a character");
        assertThatThrownBy(() -> feed.ofObject("in/a/" + "b".repeat(600)))
                .hasMessage("what keyPattern matches is longer than 512 bytes");
        assertThatThrownBy(() -> feed.ofBatch("web#1=a")).hasMessage("$2 has no value (1=a)");
    }

    /** Whatever a key has in it: the table keeps its parts, the options their words, and the batch's key gives both back. */
    @Property
    void aCaptureStaysWhereItStands(@ForAll @StringLength(min = 1, max = 60) String captured) throws Unresolved {
        Feed feed = feed(
                "keyPattern", "in/(.*)",
                "table", "logs.web_$1",
                "copyOptions", "NULL AS '$1' IGNOREHEADER 1");
        Throwable refused = catchThrowable(() -> feed.ofObject("in/" + captured));
        if (refused != null) {
            assertThat(refused).isInstanceOf(Unresolved.class);
            return;
        }
        Feed of = feed.ofObject("in/" + captured);
        TableName table = TableName.of(of.table()).orElseThrow();
        assertThat(table.parts()).hasSize(2).startsWith("logs");
        assertThat(table.parts().get(1)).isEqualTo("web_" + captured.toLowerCase(java.util.Locale.ROOT));
        CopyOptions options = CopyOptions.of(of.copyOptions());
        assertThat(options.settings()).hasSize(2);
        assertThat(options.settings().get(0).text().replace("\\\\", "\\")).isEqualTo(captured);
        assertThat(BatchKey.name(of.key())).isEqualTo("web");
        assertThat(feed.ofBatch(of.key()).table()).isEqualTo(of.table());
    }

    private static Stream<String> faults(String... properties) {
        return feeds(feed(properties)).faults().stream().map(Fault::toString);
    }

    private static Feeds feeds(Feed feed) {
        Feeds feeds = new Feeds(
                () -> Map.of("web", feed), new FeedDefaults("redshift", "default", "", "ops/manifests", "", ""));
        feeds.faults();
        return feeds;
    }

    private static Feed feed(String... properties) {
        Feed feed = new Feed();
        feed.set("prefix", "landing/in/");
        feed.set("table", "web");
        for (int i = 0; i < properties.length; i += 2) {
            assertThat(FeedProperties.ALL.names()).contains(properties[i]);
            feed.set(properties[i], properties[i + 1]);
        }
        feeds(feed);
        return feed;
    }

    private static ObjectCreated object(String key) {
        return new ObjectCreated("landing", key, "v1", 1, Instant.EPOCH);
    }
}
