package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.s3.event.ObjectCreated;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which feeds take an object. */
class MatchingTest {
    private final Map<String, Feed> beans = new HashMap<>();
    private final Feeds feeds =
            new Feeds(() -> beans, new FeedDefaults("redshift", "default", "", "ops/manifests", "loaded", "failed"));

    @ParameterizedTest
    @CsvSource(textBlock = """
                    in/,                   in/web/1.csv,                        true
                    in/,                   out/1.csv,                           false
                    in/dt=*/,              in/dt=2026-11-21/1.csv,              true
                    in/dt=*/hour=*/,       in/dt=2026-11-21/hour=07/1.csv,      true
                    in/dt=*/hour=*/,       in/dt=2026-11-21/1.csv,              false
                    in/dt=*/hour=*,        in/dt=2026-11-21/hour=07/1.csv,      true
                    in/dt=*/,              in/dt=2026-11-21/hour=07/1.csv,      true
                    */orders/,             eu/orders/1.csv,                     true
                    */orders/,             eu/west/orders/1.csv,                false
                    in/*-*/x,              in/a-b-c/x.csv,                      true
                    in/(a|b)+*/,           in/(a|b)+c/x.csv,                    true
                    in/(a|b)*/,            in/ab/x.csv,                         false
                    """)
    void aPrefixWithStars(String prefix, String key, boolean takes) {
        add("one", prefix);
        assertThat(match(key).equals(List.of("one"))).isEqualTo(takes);
    }

    @Test
    void theLongestPrefixWins_starsNotCounted_aPlainOneBeforeAWildOne() {
        add("all", "in/");
        add("days", "in/dt=*/");
        add("hours", "in/dt=*/hour=*/");
        add("today", "in/dt=2026-11-21/");
        add("w", "in/a*/");
        add("p", "in/ab");
        assertThat(match("in/dt=2026-11-20/1.csv")).containsExactly("days");
        assertThat(match("in/dt=2026-11-20/hour=07/1.csv")).containsExactly("hours");
        assertThat(match("in/dt=2026-11-21/1.csv")).containsExactly("today");
        assertThat(match("in/dt=2026-11-21/hour=07/1.csv")).containsExactly("today");
        assertThat(match("in/ab/1.csv")).containsExactly("p");
        assertThat(match("in/other.csv")).containsExactly("all");
    }

    @Test
    void aFileGoesOnWhileAFeedSaysSo() {
        add("all", "in/");
        add("raw", "in/web/").set("onMatch", "continue");
        add("web", "in/web/");
        add("z", "in/web/").set("filter", "z.*");
        assertThat(match("in/web/1.csv")).containsExactly("raw", "web");
        assertThat(match("in/1.csv")).containsExactly("all");
        assertThat(feeds.faults()).isEmpty();
    }

    @Test
    void aFeedBehindOneThatStopsAndTakesTheSameIsAFault() {
        add("a", "in/dt=*/");
        add("b", "in/dt=*/");
        assertThat(feeds.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo("b.prefix");
            assertThat(fault.advice()).contains("feed 'a' has the same prefix", "onMatch: continue");
        });
    }

    @Test
    void aFeedThatDiscardsNeedsNoTable_andIsNoneThatLoads() {
        add("all", "in/").set("onMatch", "continue");
        Feed discarding = new Feed();
        discarding.set("prefix", "landing/in/");
        discarding.set("filter", "_.*");
        discarding.set("discard", "true");
        beans.put("no_temporary_files", discarding);
        assertThat(feeds.faults()).isEmpty();
        assertThat(feeds.all()).extracting(Feed::name).containsExactly("all");
        ObjectCreated object = object("in/_1.csv");
        assertThat(feeds.match(object)).extracting(Feed::discard).containsExactly(false, true);
        assertThat(feeds.takes(discarding, object)).isFalse();
    }

    private Feed add(String name, String prefix) {
        Feed feed = new Feed();
        feed.set("prefix", "landing/" + prefix);
        feed.set("table", "public.web_log");
        beans.put(name, feed);
        return feed;
    }

    private List<String> match(String key) {
        return feeds.match(object(key)).stream().map(Feed::name).toList();
    }

    private static ObjectCreated object(String key) {
        return new ObjectCreated("landing", key, "v1", 1, Instant.EPOCH);
    }
}
