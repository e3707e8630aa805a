package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FeedRulesTest {

    @Test
    void propertiesThatGoTogether() {
        assertThat(broken(feed -> {})).isEmpty();
        assertThat(broken(feed -> {
                    feed.setWriteMode("overwriteExisting");
                    feed.setKeys("id");
                    feed.setBatchSize("1000");
                    feed.setFileColumn("file");
                    feed.setLoadedAtColumn("at");
                }))
                .isEmpty();
        assertThat(broken(feed -> {
                    feed.setWriteMode("overwriteExisting");
                    feed.setKeys("id");
                    feed.setOrderBy("at, n");
                    feed.setColumns("id, at, n");
                    feed.setBatchSize("100000");
                }))
                .isEmpty();
    }

    @Test
    void aMergeNeedsKeys_andNothingElseTakesThem() {
        assertThat(broken(feed -> feed.setWriteMode("overwriteExisting")))
                .containsExactly("keys: missing; writeMode: overwriteExisting needs the columns that tell rows apart");
        assertThat(broken(feed -> {
                    feed.setKeys("id");
                    feed.setOrderBy("at");
                }))
                .containsExactly(
                        "keys: used by writeMode overwriteExisting and keepExisting only; set writeMode or remove it",
                        "orderBy: used by writeMode overwriteExisting only; set writeMode or remove it");
    }

    @Test
    void anOrderIsForMergesThatKeepTheLatestRow_andNamesOtherColumnsThanTheKeys() {
        assertThat(broken(feed -> {
                    feed.setWriteMode("keepExisting");
                    feed.setKeys("id");
                    feed.setOrderBy("at");
                }))
                .containsExactly("orderBy: keepExisting leaves the row alone that came first, whatever its values are;"
                        + " remove orderBy, or write writeMode: overwriteExisting, which keeps the latest row by it");
        assertThat(broken(feed -> {
                    feed.setWriteMode("overwriteExisting");
                    feed.setKeys("id, day");
                    feed.setOrderBy("at, \"Day\"");
                }))
                .containsExactly("orderBy: Day is in keys: rows with the same keys are equal there; name another");
    }

    @Test
    void filesThatAreCopiedOneByOneAreFew() {
        assertThat(broken(feed -> {
                    feed.setWriteMode("keepExisting");
                    feed.setKeys("id");
                    feed.setBatchSize("1001");
                }))
                .containsExactly("batchSize: keepExisting has files copied one by one; write 1000 or less");
        assertThat(broken(feed -> {
                    feed.setWriteMode("overwriteExisting");
                    feed.setKeys("id");
                    feed.setBatchSize("1001");
                }))
                .containsExactly(
                        "batchSize: overwriteExisting without orderBy has files copied one by one: add orderBy; write 1000 or less");
        assertThat(broken(feed -> {
                    feed.setFileColumn("file");
                    feed.setBatchSize("1001");
                }))
                .containsExactly("batchSize: fileColumn has files copied one by one; write 1000 or less");
        assertThat(broken(feed -> {
                    feed.setFileColumn("file");
                    feed.setColumns("id, file");
                    feed.setBatchSize("1001");
                }))
                .isEmpty();
    }

    @Test
    void columnsAreAddedForFilesThatNameThem_andThatCanBeRead() {
        assertThat(broken(feed -> feed.setSchemaEvolution("addColumns")))
                .singleElement()
                .asString()
                .startsWith("schemaEvolution: files of this format don't name the columns");
        assertThat(broken(feed -> {
                    feed.setSchemaEvolution("addColumns");
                    feed.setFormat("JSON 'noshred'");
                }))
                .hasSize(1);
        assertThat(broken(feed -> {
                    feed.setSchemaEvolution("addColumns");
                    feed.setFormat("JSON");
                    feed.setColumns("id");
                    feed.setMasterSymmetricKey("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
                }))
                .containsExactly(
                        "schemaEvolution: columns says which columns the files fill; remove one of the two",
                        "schemaEvolution: Caravan can't look into files that their writer encrypted (masterSymmetricKey); remove it");
        assertThat(broken(feed -> {
                    feed.setSchemaEvolution("addColumns");
                    feed.setFormat("ORC");
                    feed.setCopyOptions("FILLRECORD");
                }))
                .containsExactly(
                        "schemaEvolution: Caravan doesn't look into ORC files: it goes with JSON and AVRO, 'auto'"
                                + " or 'auto ignorecase', and with PARQUET");
        assertThat(broken(feed -> {
                    feed.setSchemaEvolution("addColumns");
                    feed.setFormat("PARQUET");
                }))
                .containsExactly(
                        "schemaEvolution: files that were written before a column was added lack it; add FILLRECORD to"
                                + " copyOptions");
        assertThat(broken(feed -> {
                    feed.setSchemaEvolution("addColumns");
                    feed.setFormat("PARQUET");
                    feed.setCopyOptions("FILLRECORD");
                }))
                .isEmpty();
    }

    @Test
    void columnsThatClash() {
        assertThat(broken(feed -> {
                    feed.setFileColumn("a");
                    feed.setLoadedAtColumn("a");
                }))
                .containsExactly("loadedAtColumn: fileColumn names it as well; choose another");
        assertThat(broken(feed -> {
                    feed.setColumns("id, at");
                    feed.setLoadedAtColumn("at");
                }))
                .containsExactly("columns: Caravan writes it: it is the loadedAtColumn; remove it from columns");
        assertThat(broken(feed -> {
                    feed.setWriteMode("keepExisting");
                    feed.setKeys("id, day");
                    feed.setColumns("id, n");
                }))
                .containsExactly("columns: keys and orderBy name day, which columns doesn't; add it");
        assertThat(broken(feed -> {
                    feed.setWriteMode("keepExisting");
                    feed.setKeys("\"Id\"");
                    feed.setColumns("id, \"At\"");
                    feed.setLoadedAtColumn("at");
                }))
                .containsExactly("columns: Caravan writes it: it is the loadedAtColumn; remove it from columns");
    }

    private static List<String> broken(Consumer<Feed> settings) {
        Feed feed = new Feed();
        settings.accept(feed);
        return FeedRules.broken(feed).stream()
                .map(rule -> rule.property() + ": " + rule.advice())
                .toList();
    }
}
