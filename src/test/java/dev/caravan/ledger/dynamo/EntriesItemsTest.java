package dev.caravan.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.batch.FileEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class EntriesItemsTest {
    private static final String ETAG = "d41d8cd98f00b204e9800998ecf8427e";

    @Property
    void filesAreReadAsTheyWereWritten(@ForAll("files") List<FileEntry> files) {
        assertThat(EntriesItems.files("web", EntriesItems.entries("web-1", 1, files, 0)))
                .isEqualTo(files);
    }

    @Provide
    Arbitrary<List<FileEntry>> files() {
        Arbitrary<String> keys = Arbitraries.strings().all().ofMaxLength(20).filter(key -> !hasHalfCharacters(key));
        Arbitrary<String> versions = Arbitraries.oneOf(
                Arbitraries.just(ETAG),
                Arbitraries.just(ETAG.toUpperCase(Locale.ROOT)),
                Arbitraries.just(ETAG + "-12"),
                Arbitraries.just("3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY"),
                Arbitraries.strings()
                        .withChars("0123456789abcdef")
                        .ofMinLength(1)
                        .ofMaxLength(33));
        Arbitrary<Instant> times =
                Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
        return Combinators.combine(keys, versions, Arbitraries.longs().greaterOrEqual(0), times)
                .as((key, version, size, created) ->
                        new FileEntry("web", "s3://landing/web/" + key, version, size, created))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    private static boolean hasHalfCharacters(String text) {
        return text.chars().anyMatch(c -> Character.isSurrogate((char) c));
    }

    @Test
    void anEtagTakesHalfOfItsText_andTheTimesAreShort() {
        Instant now = Instant.parse("2026-01-31T12:00:00Z");
        Map<String, AttributeValue> item = EntriesItems.entries(
                "web-1",
                1,
                List.of(
                        new FileEntry("web", "s3://landing/a", ETAG, 1, now.plusMillis(20)),
                        new FileEntry("web", "s3://landing/b", ETAG, 1, now)),
                0);
        List<AttributeValue> first = Items.attribute(item, "files").l().get(0).l();
        assertThat(first.get(0).s()).isEqualTo("a");
        assertThat(first.get(1).b().asByteArray()).hasSize(16);
        assertThat(first.get(3).n()).isEqualTo("20");
    }
}
