package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.base.Fault;
import dev.caravan.s3.event.ObjectCreated;
import dev.caravan.s3.event.S3Prefix;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedsTest {
    private static final FeedDefaults DEFAULTS =
            new FeedDefaults("redshift", "default", "", "ops/manifests", "loaded", "failed");

    private final Map<String, Feed> beans = new HashMap<>();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger reads = new AtomicInteger();
    private final Feeds feeds = feeds(DEFAULTS);

    @Test
    void theLongestPrefixWins() {
        add("all", "landing");
        add("web", "landing/in/web");
        add("web_eu", "landing/in/web/eu/");
        assertThat(match("in/web/eu/1.csv")).contains("web_eu");
        assertThat(match("in/web/us/1.csv")).contains("web");
        assertThat(match("in/website.csv")).contains("web");
        assertThat(match("other.csv")).contains("all");
        assertThat(feeds.match(object("elsewhere", "in/web/1.csv"))).isEmpty();
        assertThat(feeds.match(object("landing2", "in/web/1.csv"))).isEmpty();
    }

    @Test
    void whatAFilterRefusesGoesToAShorterPrefix() {
        add("all", "landing/").set("filter", ".*\\.(csv|json)");
        add("web", "landing/in/web/").set("filter", ".*\\.csv");
        assertThat(match("in/web/1.csv")).contains("web");
        assertThat(match("in/web/1.json")).contains("all");
        assertThat(match("in/web/1.txt")).isEmpty();
    }

    @Property(tries = 300)
    void theIndexAgreesWithAScan(
            @ForAll @Size(max = 30) List<@CharRange(from = 'a', to = 'b') @StringLength(max = 6) String> prefixes,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(min = 1, max = 8) String key) {
        Feeds property = feeds(DEFAULTS);
        beans.clear();
        prefixes.stream().distinct().forEach(prefix -> add("feed" + prefix, "landing/" + prefix));
        Optional<String> scanned = prefixes.stream()
                .filter(key::startsWith)
                .max((a, b) -> a.length() - b.length())
                .map(prefix -> "feed" + prefix);
        assertThat(property.match(object("landing", key)).stream()
                        .map(Feed::name)
                        .findFirst())
                .isEqualTo(scanned);
    }

    @Test
    void matchingStaysFastWithTenThousandFeeds() {
        for (int i = 0; i < 10_000; i++) {
            add("feed" + i, "landing/in/" + i + "/x".repeat(i % 50));
        }
        assertThat(match("in/77/1.csv")).isEmpty();
        for (int i = 0; i < 100_000; i++) {
            assertThat(feeds.match(object("landing", "in/" + i % 10_000 + "/x".repeat(i % 50) + "/1.csv")))
                    .hasSize(1);
        }
    }

    @Test
    void aReloadedBeanWithAFaultChangesNothing_untilItIsMended() {
        add("web", "landing/old/");
        assertThat(match("old/1.csv")).contains("web");
        Feed changed = add("web", "landing/new/");
        changed.set("batchTimeout", "banana");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(match("old/1.csv")).contains("web");
        assertThat(match("new/1.csv")).isEmpty();
        add("web", "landing/new/");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(match("new/1.csv")).contains("web");
    }

    @Test
    void aReloadedBeanIsSeenWithinASecondAndTheSourceIsReadOnceInThat() {
        add("web", "landing/old/");
        assertThat(match("old/1.csv")).contains("web");
        add("web", "landing/new/");
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        assertThat(match("old/1.csv")).contains("web");
        assertThat(reads).hasValue(1);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(match("old/1.csv")).isEmpty();
        assertThat(match("new/1.csv")).contains("web");
        assertThat(reads).hasValue(2);
    }

    @Test
    void aFeedTakesTheDefaultsUnlessItSaysOtherwise() {
        Feed plain = add("plain", "landing/plain/");
        Feed own = add("own", "landing/own/");
        own.set("clusters", "archive");
        own.set("iamRole", "arn:aws:iam::123456789012:role/own");
        own.set("manifestPrefix", "ops/own");
        own.set("loadedTopic", "own_loaded");
        own.set("failedTopic", "own_failed");
        assertThat(feeds.named("plain")).contains(plain);
        assertThat(plain.clusters()).containsExactly("redshift");
        assertThat(plain.iamRole()).contains("default");
        assertThat(plain.manifestPrefix()).contains(new S3Prefix("ops", "manifests"));
        assertThat(plain.loadedTopic()).contains("loaded");
        assertThat(plain.failedTopic()).contains("failed");
        assertThat(own.clusters()).containsExactly("archive");
        assertThat(own.iamRole()).contains("arn:aws:iam::123456789012:role/own");
        assertThat(own.manifestPrefix()).contains(new S3Prefix("ops", "own"));
        assertThat(own.loadedTopic()).contains("own_loaded");
        assertThat(own.failedTopic()).contains("own_failed");
        assertThat(feeds.faults()).isEmpty();
    }

    @Test
    void everythingThatIsWrongIsReportedAtOnce() {
        beans.put("empty", new Feed());
        add("web", "landing/in/").set("batchTimeout", "soon");
        add("web2", "landing/in/");
        assertThat(feeds(FeedDefaults.NONE).faults())
                .extracting(Fault::key)
                .containsExactlyInAnyOrder(
                        "empty.prefix",
                        "empty.table",
                        "empty.clusters",
                        "empty.iamRole",
                        "empty.manifestPrefix",
                        "web.batchTimeout",
                        "web.clusters",
                        "web.iamRole",
                        "web.manifestPrefix",
                        "web2.prefix",
                        "web2.clusters",
                        "web2.iamRole",
                        "web2.manifestPrefix");
    }

    @Test
    void aMalformedPropertyIsNotAlsoMissing() {
        add("web", "landing/in/").set("table", "a.b.c.d");
        Feed broken = new Feed();
        broken.set("prefix", "?");
        broken.set("table", "!");
        beans.put("broken", broken);
        assertThat(feeds.faults()).extracting(Fault::key).containsExactly("broken.prefix", "broken.table", "web.table");
    }

    @Test
    void twoFeedsWithOnePrefixNameEachOther() {
        add("a", "landing/in/");
        add("b", "s3://landing/in/");
        assertThat(feeds.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo("b.prefix");
            assertThat(fault.advice()).contains("feed 'a' has the same prefix");
        });
    }

    @Test
    void faultsOfDefaultsBearTheirOwnNames() {
        add("web", "landing/in/");
        var wrong = new FeedDefaults("a,,b", "me", "", "?", "no topic", "no topic");
        assertThat(feeds(wrong).faults())
                .extracting(Fault::key)
                .contains(
                        "caravan.clusters",
                        "caravan.iam-role",
                        "caravan.manifest-prefix",
                        "caravan.loaded-topic",
                        "caravan.failed-topic");
    }

    @Test
    void manifestsThatAFeedWouldLoadAreAFault() {
        Feed all = add("all", "ops");
        assertThat(feeds.faults())
                .singleElement()
                .asString()
                .contains("all.manifestPrefix", "would load the manifests");
        all.set("filter", ".*\\.csv");
        assertThat(feeds.faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "web log", "wéb", "x/y"})
    void aNameThatBatchIdsCannotBearIsAFault(String name) {
        add(name, "landing/in/");
        assertThat(feeds.faults()).singleElement().asString().contains("rename the bean");
    }

    private Feed add(String name, String prefix) {
        Feed feed = new Feed();
        feed.set("prefix", prefix);
        feed.set("table", "public.web_log");
        beans.put(name, feed);
        return feed;
    }

    private Feeds feeds(FeedDefaults defaults) {
        return new Feeds(
                () -> {
                    reads.incrementAndGet();
                    return beans;
                },
                defaults,
                nanos::get);
    }

    private Optional<String> match(String key) {
        return feeds.match(object("landing", key)).stream().map(Feed::name).findFirst();
    }

    private static ObjectCreated object(String bucket, String key) {
        return new ObjectCreated(bucket, key, "v1", 1, Instant.EPOCH);
    }
}
