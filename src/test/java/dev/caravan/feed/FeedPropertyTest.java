package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A feed's properties as they are in force are told with where they come from. */
class FeedPropertyTest {
    private static final FeedDefaults SHARED =
            new FeedDefaults("redshift", "default", "", "ops/manifests", "loaded", "");

    @Test
    void everyPropertyIsThere() {
        assertThat(FeedProperty.of(adopted(new Feed())))
                .extracting(FeedProperty::name)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Feed.class.getMethods())
                        .map(Method::getName)
                        .filter(name -> name.startsWith("set"))
                        .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                        .toList());
    }

    @Test
    void theDefaultsThatAreToldAreTheOnesInForce() throws Exception {
        Feed untouched = new Feed();
        for (Map.Entry<String, String> each : FeedProperty.DEFAULTS.entrySet()) {
            Feed written = new Feed();
            String name = each.getKey();
            Feed.class
                    .getMethod("set" + Character.toUpperCase(name.charAt(0)) + name.substring(1), String.class)
                    .invoke(written, each.getValue());
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
        feed.setBatchSize("7");
        feed.setBatchTimeout("soon");
        feed.setClusters("east, west");
        feed.setCopyOptions("GZIP");
        feed.setMasterSymmetricKey("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        assertThat(FeedProperty.of(adopted(feed)))
                .contains(
                        new FeedProperty("batchSize", "7", "feed"),
                        new FeedProperty("batchTimeout", "5m", "default"),
                        new FeedProperty("clusters", "east, west", "feed"),
                        new FeedProperty("copyOptions", "GZIP", "feed"),
                        new FeedProperty("masterSymmetricKey", "***", "feed"),
                        new FeedProperty("iamRole", "default", "caravan.iam-role"),
                        new FeedProperty("failedTopic", "", "caravan.failed-topic"),
                        new FeedProperty("columns", "", "default"));
    }

    private static Feed adopted(Feed feed) {
        return new Feeds(() -> Map.of("web", feed), SHARED).named("web").orElseThrow();
    }
}
