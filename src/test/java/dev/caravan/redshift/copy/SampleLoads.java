package dev.caravan.redshift.copy;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.Stage;
import dev.caravan.feed.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A feed and a batch of it, for tests of the SQL of their load. */
abstract class SampleLoads {
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final String MANIFEST = "s3://ops/manifests/web/web-01JD-1.manifest";

    final HiddenSecrets secrets =
            new HiddenSecrets(() -> new HiddenSecrets.Keys("ASIAOWN", "own'secret", Optional.of("own/token=")));

    final CopyStatement sql = new CopyStatement("caravan", secrets);

    static Feed feed(Consumer<Feed> settings) {
        return feed(settings, "default");
    }

    static Feed feed(Consumer<Feed> settings, String role) {
        Feed feed = new Feed();
        feed.set("prefix", "landing/in/web/");
        feed.set("table", "public.web_log");
        feed.set("iamRole", role);
        settings.accept(feed);
        return feed;
    }

    static Batch batch() {
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
}
