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
                    feed.set("writeMode", "overwriteExisting");
                    feed.set("keys", "id");
                    feed.set("batchSize", "1000");
                    feed.set("fileColumn", "file");
                    feed.set("loadedAtColumn", "at");
                }))
                .isEmpty();
        assertThat(broken(feed -> {
                    feed.set("writeMode", "overwriteExisting");
                    feed.set("keys", "id");
                    feed.set("orderBy", "at, n");
                    feed.set("columns", "id, at, n");
                    feed.set("batchSize", "100000");
                }))
                .isEmpty();
    }

    @Test
    void aMergeNeedsKeys_andNothingElseTakesThem() {
        assertThat(broken(feed -> feed.set("writeMode", "overwriteExisting")))
                .containsExactly("keys: missing; writeMode: overwriteExisting needs the columns that tell rows apart");
        assertThat(broken(feed -> {
                    feed.set("keys", "id");
                    feed.set("orderBy", "at");
                }))
                .containsExactly(
                        "keys: used by writeMode overwriteExisting and keepExisting only; set writeMode or remove it",
                        "orderBy: used by writeMode overwriteExisting only; set writeMode or remove it");
    }

    @Test
    void anOrderIsForMergesThatKeepTheLatestRow_andNamesOtherColumnsThanTheKeys() {
        assertThat(broken(feed -> {
                    feed.set("writeMode", "keepExisting");
                    feed.set("keys", "id");
                    feed.set("orderBy", "at");
                }))
                .containsExactly("orderBy: keepExisting leaves the row alone that came first, whatever its values are;"
                        + " remove orderBy, or write writeMode: overwriteExisting, which keeps the latest row by it");
        assertThat(broken(feed -> {
                    feed.set("writeMode", "overwriteExisting");
                    feed.set("keys", "id, day");
                    feed.set("orderBy", "at, \"Day\"");
                }))
                .containsExactly("orderBy: Day is in keys: rows with the same keys are equal there; name another");
    }

    @Test
    void filesThatAreCopiedOneByOneAreFew() {
        assertThat(broken(feed -> {
                    feed.set("writeMode", "keepExisting");
                    feed.set("keys", "id");
                    feed.set("batchSize", "1001");
                }))
                .containsExactly("batchSize: keepExisting has files copied one by one; write 1000 or less");
        assertThat(broken(feed -> {
                    feed.set("writeMode", "overwriteExisting");
                    feed.set("keys", "id");
                    feed.set("batchSize", "1001");
                }))
                .containsExactly(
                        "batchSize: overwriteExisting without orderBy has files copied one by one: add orderBy; write 1000 or less");
        assertThat(broken(feed -> {
                    feed.set("fileColumn", "file");
                    feed.set("batchSize", "1001");
                }))
                .containsExactly("batchSize: fileColumn has files copied one by one; write 1000 or less");
        assertThat(broken(feed -> {
                    feed.set("fileColumn", "file");
                    feed.set("columns", "id, file");
                    feed.set("batchSize", "1001");
                }))
                .isEmpty();
    }

    @Test
    void columnsAreAddedForFilesThatNameThem_andThatCanBeRead() {
        assertThat(broken(feed -> feed.set("schemaEvolution", "addColumns")))
                .singleElement()
                .asString()
                .startsWith("schemaEvolution: files of this format don't name the columns");
        assertThat(broken(feed -> {
                    feed.set("schemaEvolution", "addColumns");
                    feed.set("format", "JSON 'noshred'");
                }))
                .hasSize(1);
        assertThat(broken(feed -> {
                    feed.set("schemaEvolution", "addColumns");
                    feed.set("format", "JSON");
                    feed.set("columns", "id");
                    feed.set("masterSymmetricKey", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
                }))
                .containsExactly(
                        "schemaEvolution: columns says which columns the files fill; remove one of the two",
                        "schemaEvolution: Caravan can't look into files that their writer encrypted (masterSymmetricKey); remove it");
        assertThat(broken(feed -> {
                    feed.set("schemaEvolution", "addColumns");
                    feed.set("format", "ORC");
                    feed.set("copyOptions", "FILLRECORD");
                }))
                .containsExactly(
                        "schemaEvolution: Caravan doesn't look into ORC files: it goes with JSON and AVRO, 'auto'"
                                + " or 'auto ignorecase', and with PARQUET");
        assertThat(broken(feed -> {
                    feed.set("schemaEvolution", "addColumns");
                    feed.set("format", "PARQUET");
                }))
                .containsExactly(
                        "schemaEvolution: files that were written before a column was added lack it; add FILLRECORD to"
                                + " copyOptions");
        assertThat(broken(feed -> {
                    feed.set("schemaEvolution", "addColumns");
                    feed.set("format", "PARQUET");
                    feed.set("copyOptions", "FILLRECORD");
                }))
                .isEmpty();
    }

    @Test
    void columnsThatClash() {
        assertThat(broken(feed -> {
                    feed.set("fileColumn", "a");
                    feed.set("loadedAtColumn", "a");
                }))
                .containsExactly("loadedAtColumn: fileColumn names it as well; choose another");
        assertThat(broken(feed -> {
                    feed.set("columns", "id, at");
                    feed.set("loadedAtColumn", "at");
                }))
                .containsExactly("columns: Caravan writes it: it is the loadedAtColumn; remove it from columns");
        assertThat(broken(feed -> {
                    feed.set("writeMode", "keepExisting");
                    feed.set("keys", "id, day");
                    feed.set("columns", "id, n");
                }))
                .containsExactly("columns: keys and orderBy name day, which columns doesn't; add it");
        assertThat(broken(feed -> {
                    feed.set("writeMode", "keepExisting");
                    feed.set("keys", "\"Id\"");
                    feed.set("columns", "id, \"At\"");
                    feed.set("loadedAtColumn", "at");
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
