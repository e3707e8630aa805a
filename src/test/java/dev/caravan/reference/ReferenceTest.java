package dev.caravan.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.feed.Feed;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.pipeline.redshifttopostgres.mirror.MirrorProperties;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.SyncProperties;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.startup.setting.AllSettings;
import dev.caravan.startup.setting.FirstSettings;
import dev.caravan.startup.setting.FurtherSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What pages and an editor say of feeds', syncs' and mirrors' properties and of settings is what their descriptions say. With {@code -Dwrite.docs=true} both are written anew. */
class ReferenceTest {
    private static final Path PAGE = Path.of("docs/reference/feed-properties.md");
    private static final Path SETTINGS = Path.of("docs/reference/settings.md");
    private static final Path SYNCS = Path.of("docs/reference/sync-properties.md");
    private static final Path MIRRORS = Path.of("docs/reference/mirror-properties.md");
    private static final String HOW = "write it anew: ./mvnw test -Dtest=ReferenceTest -Dwrite.docs=true";

    @Test
    void thePageHasTheTableOfFeedProperties() throws IOException {
        isWritten(PAGE, PropertyTable.in(Files.readString(PAGE), "# Feed properties", "property", FeedProperties.ALL));
    }

    @Test
    void thePageHasTheTablesOfSettings() throws IOException {
        String first = PropertyTable.in(Files.readString(SETTINGS), "## Consider these", "key", FirstSettings.ALL);
        isWritten(SETTINGS, PropertyTable.in(first, "## Less often changed", "key", FurtherSettings.ALL));
    }

    @Test
    void theShippedFileSaysEachSettingsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            shipped.load(file);
        }
        assertThat(AllSettings.ALL.all()).allSatisfy(setting -> {
            String value = shipped.getProperty(setting.name());
            assertThat(value).as(setting.name()).isNotNull();
            assertThat(setting.otherwise()).as(setting.name()).isEqualTo(value.isEmpty() ? "–" : "`" + value + "`");
        });
    }

    @Test
    void thePageHasTheTableOfSyncProperties() throws IOException {
        isWritten(
                SYNCS, PropertyTable.in(Files.readString(SYNCS), "# Sync properties", "property", SyncProperties.ALL));
    }

    @Test
    void theSchemaIsTheOneOfFeedProperties() throws IOException {
        isWritten(
                "feeds",
                PropertySchema.of(
                        Feed.class.getName(), "Route YAML in which Caravan's feeds stand", FeedProperties.ALL));
    }

    @Test
    void theSchemaIsTheOneOfSyncProperties() throws IOException {
        isWritten(
                "syncs",
                PropertySchema.of(
                        TableSync.class.getName(), "Route YAML in which Caravan's syncs stand", SyncProperties.ALL));
    }

    @Test
    void thePageHasTheTableOfMirrorProperties() throws IOException {
        isWritten(
                MIRRORS,
                PropertyTable.in(Files.readString(MIRRORS), "# Mirror properties", "property", MirrorProperties.ALL));
    }

    @Test
    void theSchemaIsTheOneOfMirrorProperties() throws IOException {
        isWritten(
                "mirrors",
                PropertySchema.of(
                        TableMirror.class.getName(),
                        "Route YAML in which Caravan's mirrors stand",
                        MirrorProperties.ALL));
    }

    private static void isWritten(String beans, JsonNode schema) throws IOException {
        isWritten(
                Path.of("docs/reference/" + beans + ".schema.json"),
                JsonMapper.builder()
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .build()
                                .writeValueAsString(schema)
                        + "\n");
    }

    private static void isWritten(Path file, String text) throws IOException {
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(file, text);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "").as(HOW).isEqualTo(text);
    }
}
