package dev.caravan.feed.property;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.feed.capture.AllowedTables;
import dev.caravan.feed.capture.ClusterTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which clusters a feed loads, and which tables there. */
public final class ClusterProperties {
    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_.-]+");

    public static final Property<List<String>> CLUSTERS = Property.of(
                    "clusters",
                    Form.of("names of DataSource beans, separated by commas", ClusterProperties::names)
                            .unless(Forms::twice),
                    "the clusters to load, separated by commas")
            .example("redshift, backup")
            .meaning(List.of())
            .forAll("caravan.clusters");

    public static final Property<Map<String, String>> CLUSTER_TABLES = Property.of(
                    "clusterTables",
                    Form.of("cluster=schema.table, separated by commas, each cluster once", ClusterTables::of),
                    "the table in clusters where it has another name, separated by commas: `backup=archive.web_log`")
            .example("backup=archive.web_log")
            .meaning(Map.of())
            .otherwise("`table`");

    /** Case doesn't count but in double quotes. Other objects are parked with the reason. */
    public static final Property<AllowedTables> ALLOWED_TABLES = Property.of(
                    "allowedTables",
                    Form.of(
                            "tables separated by commas, each schema.table as the feed's table has it, * for any"
                                    + " characters, for example logs_*.web_*",
                            AllowedTables::of),
                    "the tables that [keys may name](../how-to/load-several-tables-by-one-feed.md) where they do,"
                            + " separated by commas, `*` for any characters: `logs_*.web_*, archive.clicks`")
            .example("logs_*.web_*, archive.clicks")
            .otherwise("all but Caravan's own and the system's");

    private ClusterProperties() {}

    private static Optional<List<String>> names(String text) {
        List<String> names = Stream.of(text.split(",", -1)).map(String::strip).toList();
        return Optional.of(names)
                .filter(all -> all.stream().allMatch(n -> CLUSTER.matcher(n).matches()));
    }
}
