package dev.caravan.load.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.batch.FileEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class ManifestWriterTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void theManifestIsTheGoldenOne() throws Exception {
        assertThat(write(List.of(
                        file("in/web/1.csv", "v1", 10, NOON),
                        file("in/web/ü \"quoted\" \\ 🐪+%.csv", "v1", 0, NOON),
                        file("in/web/big.csv", "v1", 5_000_000_000L, NOON))))
                .isEqualTo(golden("three-files.manifest"));
    }

    @Test
    void aUrlStandsThereOnceWithItsNewestVersion() throws Exception {
        JsonNode entries = entries(write(List.of(
                file("a", "v2", 2, NOON.plusSeconds(1)),
                file("b", "v1", 3, NOON),
                file("a", "v1", 1, NOON),
                file("b", "v2", 4, NOON))));
        assertThat(entries).hasSize(2);
        assertThat(entries.at("/0/meta/content_length").asLong()).isEqualTo(2);
        assertThat(entries.at("/1/meta/content_length").asLong()).isEqualTo(4);
    }

    @Property(tries = 200)
    void everyFileIsInTheManifestAndNothingElse(@ForAll @UniqueElements List<String> keys) throws Exception {
        List<FileEntry> files = keys.stream()
                .map(key -> file(wellFormed(key), "v", 1, NOON))
                .distinct()
                .toList();
        JsonNode entries = entries(write(files));
        assertThat(entries)
                .extracting(e -> e.path("url").asText())
                .containsExactlyElementsOf(files.stream().map(FileEntry::url).toList());
        assertThat(entries).allMatch(e -> e.path("mandatory").asBoolean());
    }

    @Test
    void theStreamStaysOpenForItsOwner() throws Exception {
        var out = new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
                throw new IOException("closed");
            }
        };
        ManifestWriter.write(List.of(file("a", "v", 1, NOON)).stream(), out);
        assertThat(out.size()).isPositive();
    }

    private static String wellFormed(String key) {
        return new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static FileEntry file(String key, String version, long size, Instant created) {
        return new FileEntry("web", "s3://landing/" + key, version, size, created);
    }

    private static String write(List<FileEntry> files) throws IOException {
        var out = new ByteArrayOutputStream();
        ManifestWriter.write(files.stream(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode entries(String manifest) throws IOException {
        return new ObjectMapper().readTree(manifest).path("entries");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ManifestWriterTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }
}
