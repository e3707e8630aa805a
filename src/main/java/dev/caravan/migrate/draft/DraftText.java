package dev.caravan.migrate.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Drafts as the files that Caravan reads. */
public final class DraftText {
    private static final int WIDTH = 120;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./=*:-]*(?<!:)");

    private DraftText() {}

    /** Route YAML with a bean for each feed. */
    public static String yaml(Draft draft, String origin) {
        return yaml(draft, origin, "Feeds", "dev.caravan.feed.Feed");
    }

    /**
     * Route YAML with a bean for each of another kind, which stand in the place of feeds.
     *
     * @param kind what they are called, several of them
     * @param type their class
     */
    public static String yaml(Draft draft, String origin, String kind, String type) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + kind + " taken over from " + origin + ". Go through the comments, then delete them.");
        boolean none = draft.feeds().stream().allMatch(feed -> feed.offBecause().isPresent());
        lines.add(none ? "# - beans:" : "- beans:");
        for (FeedDraft feed : draft.feeds()) {
            lines.add("");
            comment(lines, "From " + feed.origin() + ".");
            feed.comments().forEach(words -> comment(lines, "- " + words));
            String off = feed.offBecause().isPresent() ? "    # " : "    ";
            lines.add(off + "- name: " + feed.name());
            lines.add(off + "  type: " + type);
            lines.add(off + "  properties:");
            feed.properties().forEach((name, value) -> lines.add(off + "    " + name + ": " + scalar(value)));
        }
        return String.join("\n", lines) + "\n";
    }

    /** A block of {@code application.properties} for each cluster. */
    public static String properties(Draft draft, String origin) {
        List<String> lines = new ArrayList<>();
        lines.add("# Clusters taken over from " + origin + ". Append this to application.properties.");
        for (ClusterDraft cluster : draft.clusters()) {
            String name = cluster.name();
            lines.add("");
            if (cluster.isDataApi()) {
                lines.add("# From " + cluster.origin() + ".");
                lines.add("camel.beans." + name + "=#class:dev.caravan.dataapi.DataApiDataSource");
                cluster.dataApi()
                        .forEach((property, value) ->
                                lines.add("camel.beans." + name + "." + property + "=" + value.replace("\\", "\\\\")));
                continue;
            }
            lines.addAll(List.of(
                    "# From " + cluster.origin() + ". Its password is not here: set " + cluster.passwordVariable()
                            + ".",
                    "caravan." + name + ".url=" + cluster.url(),
                    "caravan." + name + ".user=" + cluster.user().replace("\\", "\\\\"),
                    "caravan." + name + ".password="));
            List.of(
                            "=#class:com.zaxxer.hikari.HikariDataSource",
                            ".jdbcUrl={{caravan." + name + ".url}}",
                            ".username={{caravan." + name + ".user}}",
                            ".password={{caravan." + name + ".password}}",
                            ".maximumPoolSize=4",
                            ".minimumIdle=0",
                            ".idleTimeout=60000",
                            ".connectionTimeout=10000",
                            ".initializationFailTimeout=-1",
                            ".dataSourceProperties.enableFetchRingBuffer=false")
                    .forEach(line -> lines.add("camel.beans." + name + line));
        }
        return String.join("\n", lines) + "\n";
    }

    /** A text that YAML reads as it is. */
    static String scalar(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "''") + "'";
    }

    private static void comment(List<String> lines, String words) {
        StringBuilder line = new StringBuilder("    #");
        for (String word : words.split("\\s+", -1)) {
            if (line.length() + word.length() >= WIDTH && line.length() > 8) {
                lines.add(line.toString());
                line = new StringBuilder("    #  ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }
}
