package dev.caravan.feed;

import dev.caravan.feed.FeedRules.Broken;
import dev.caravan.feed.capture.AllowedTables;
import dev.caravan.feed.capture.Captures;
import dev.caravan.feed.capture.TableTemplate;
import dev.caravan.feed.capture.Unresolved;
import dev.caravan.redshift.target.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which tables a feed may name, itself and by captures. */
final class TableRules {
    private static final String ALLOWED = "allowedTables";

    private TableRules() {}

    static List<Broken> broken(Feed feed) {
        List<Broken> broken = new ArrayList<>();
        written(feed)
                .forEach((property, tables) -> tables.forEach(table -> TableTemplate.of(table)
                        .flatMap(template -> reserved(feed, template))
                        .ifPresent(reason -> broken.add(new Broken(
                                property, table, reason + "; load into a table of your own in another schema")))));
        feed.allowed().ifPresent(allowed -> {
            List<TableTemplate> captured = captured(feed);
            if (captured.isEmpty()) {
                broken.add(new Broken(
                        ALLOWED,
                        allowed.text(),
                        "no capture of keyPattern stands in table or clusterTables, so that there is nothing to allow;"
                                + " remove it"));
            }
            captured.stream()
                    .filter(template -> !allowed.couldAllow(template))
                    .forEach(template -> broken.add(new Broken(
                            ALLOWED,
                            allowed.text(),
                            "it allows nothing that " + template.written() + " could become; add " + pattern(template)
                                    + " or less")));
        });
        feed.format()
                .jsonPaths()
                .filter(url -> feed.keyPattern().isPresent()
                        && !Captures.references(url.substring(0, url.indexOf('/', "s3://".length())))
                                .isEmpty())
                .ifPresent(url -> broken.add(new Broken(
                        "format",
                        url,
                        "a key may not choose the bucket of the jsonpaths file; write the bucket's name")));
        return broken;
    }

    /** What a person may write in {@code allowedTables} where captures decide a table and nothing limits them; empty elsewhere. */
    static Optional<String> wanted(Feed feed) {
        List<TableTemplate> captured = captured(feed);
        return captured.isEmpty() || feed.allowed().isPresent()
                ? Optional.empty()
                : Optional.of(
                        captured.stream().map(TableRules::pattern).distinct().collect(Collectors.joining(", ")));
    }

    /** Refuses a table that captures have made and that the feed may not load. */
    static void check(Feed feed, String table) throws Unresolved {
        TableName name = TableName.of(table).orElseThrow(() -> new Unresolved("'" + table + "' is no table's name"));
        Optional<String> reserved = feed.reserved().table(name);
        if (reserved.isPresent()) {
            throw new Unresolved(table + " is no table that a key may name: " + reserved.get());
        }
        Optional<AllowedTables> allowed = feed.allowed();
        if (allowed.isPresent() && !allowed.get().allows(name)) {
            throw new Unresolved(
                    table + " is not among allowedTables: " + allowed.get().text());
        }
    }

    private static Optional<String> reserved(Feed feed, TableTemplate template) {
        return template.parts().size() < 2
                ? Optional.empty()
                : feed.reserved().schema(template.parts().get(0).text());
    }

    private static List<TableTemplate> captured(Feed feed) {
        return feed.keyPattern().isEmpty()
                ? List.of()
                : written(feed).values().stream()
                        .flatMap(Collection::stream)
                        .filter(table -> !Captures.references(table).isEmpty())
                        .flatMap(table -> TableTemplate.of(table).stream())
                        .toList();
    }

    private static Map<String, List<String>> written(Feed feed) {
        Map<String, List<String>> tables = new TreeMap<>();
        tables.put("table", Stream.of(feed.table()).filter(t -> !t.isEmpty()).toList());
        tables.put(
                "clusterTables", feed.clusterTables().values().stream().sorted().toList());
        return tables;
    }

    private static String pattern(TableTemplate template) {
        return template.written().replaceAll(Captures.REFERENCE, "*");
    }
}
