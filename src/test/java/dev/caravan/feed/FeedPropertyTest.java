package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.base.property.Property;
import dev.caravan.feed.property.FeedProperties;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A feed's properties as they are in force are told with where they come from. */
class FeedPropertyTest {
    private static final FeedDefaults SHARED =
            new FeedDefaults("redshift", "default", "", "ops/manifests", "loaded", "");

    @Test
    void everyPropertyIsThere() {
        assertThat(FeedProperty.of(adopted(new Feed())))
                .extracting(FeedProperty::name)
                .containsExactlyElementsOf(
                        FeedProperties.ALL.all().stream().map(Property::name).toList());
    }

    @Test
    void theDefaultsThatAreToldAreTheOnesInForce() throws Exception {
        Feed untouched = new Feed();
        for (FeedProperty each : FeedProperty.of(untouched)) {
            Feed written = new Feed();
            String name = each.name();
            written.set(name, each.value());
            assertThat(written.faults()).as(name).isEmpty();
            if (!name.equals("prefix")) {
                Method property = Feed.class.getMethod(name);
                assertThat(property.invoke(written)).as(name).isEqualTo(property.invoke(untouched));
            }
        }
    }

    @Test
    void whatIsWrittenInTheFeedIsItsOwn_andTheRestIsSharedOrDefault() {
        Feed feed = new Feed();
        feed.set("batchSize", "7");
        feed.set("batchTimeout", "soon");
        feed.set("clusters", "east, west");
        feed.set("description", "Clicks of the shop");
        feed.set("copyOptions", "GZIP");
        feed.set("masterSymmetricKey", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        assertThat(FeedProperty.of(adopted(feed)))
                .contains(
                        new FeedProperty("batchSize", "7", "feed"),
                        new FeedProperty("batchTimeout", "5m", "default"),
                        new FeedProperty("clusters", "east, west", "feed"),
                        new FeedProperty("description", "Clicks of the shop", "feed"),
                        new FeedProperty("copyOptions", "GZIP", "feed"),
                        new FeedProperty("masterSymmetricKey", "***", "feed"),
                        new FeedProperty("iamRole", "default", "caravan.iam-role"),
                        new FeedProperty("failedTopic", "", "caravan.failed-topic"),
                        new FeedProperty("columns", "", "default"));
    }

    @Test
    void everyPropertyThatASettingSaysForAllFeedsIsAmongTheDefaults() {
        assertThat(SHARED.values().keySet())
                .containsExactlyInAnyOrderElementsOf(FeedProperties.ALL.all().stream()
                        .filter(property -> property.setting().isPresent())
                        .toList());
    }

    /** All that have words: the first of them with a letter too many. */
    @Test
    void aMisspeltWordIsToldWithTheOneThatWasMeant() {
        Map<String, String> words = new TreeMap<>(Map.of("format", "DELIMITED"));
        FeedProperties.ALL.all().stream()
                .filter(property -> !property.form().shape().words().isEmpty())
                .forEach(property -> words.put(
                        property.name(), property.form().shape().words().get(0)));
        assertThat(words).containsKeys("batchSize", "onBadFile", "onOverwrite", "writeMode", "discard");
        words.forEach((property, word) -> {
            Feed feed = new Feed();
            feed.set(property, "x" + word);
            assertThat(feed.faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.advice()).endsWith("; did you mean '" + word + "'?"));
        });
        Feed feed = new Feed();
        feed.set("format", "JSON 'autoo'");
        assertThat(feed.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.advice()).doesNotContain("did you mean"));
    }

    private static Feed adopted(Feed feed) {
        return new Feeds(() -> Map.of("web", feed), SHARED).named("web").orElseThrow();
    }
}
