package dev.caravan.load.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.feed.Feeds;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestKeyTest {
    @Test
    void eachAttemptHasAManifestOfItsOwn() {
        Feed feed = feed("ops/manifests");
        assertThat(ManifestKey.of(feed, "web-01J", 1))
                .isEqualTo(new ManifestKey("ops", "manifests/web/web-01J-1.manifest"));
        assertThat(ManifestKey.of(feed, "web-01J", 2).url()).isEqualTo("s3://ops/manifests/web/web-01J-2.manifest");
    }

    @Test
    void aSlashAtTheEndOfThePrefixIsNotDoubled() {
        assertThat(ManifestKey.of(feed("ops/manifests/"), "web-01J", 1).key())
                .isEqualTo("manifests/web/web-01J-1.manifest");
        assertThat(ManifestKey.of(feed("ops"), "web-01J", 1).key()).isEqualTo("web/web-01J-1.manifest");
    }

    @Test
    void aFeedWithoutPlaceForManifestsIsNamed() {
        assertThatThrownBy(() -> ManifestKey.of(feed(""), "web-01J", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("feed 'web' has no manifestPrefix");
    }

    private static Feed feed(String manifestPrefix) {
        Feed feed = new Feed();
        feed.set("manifestPrefix", manifestPrefix);
        return new Feeds(() -> Map.of("web", feed), FeedDefaults.NONE)
                .named("web")
                .orElseThrow();
    }
}
