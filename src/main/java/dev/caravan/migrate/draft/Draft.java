package dev.caravan.migrate.draft;

import dev.caravan.base.Fault;
import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedConfigurer;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.feed.Feeds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What another loader's configuration becomes.
 *
 * @param feeds in the order in which they are written
 * @param clusters the data sources that these name
 * @param byHand what a person has to do besides
 */
public record Draft(List<FeedDraft> feeds, List<ClusterDraft> clusters, List<String> byHand) {
    /** A feed loads the same without them, only at other times or telling others. */
    private static final Set<String> DISPENSABLE =
            Set.of("batchSize", "batchBytes", "batchTimeout", "loadedTopic", "failedTopic", "manifestPrefix");

    /** A table without a schema, or with any. */
    private static final Pattern ANY_SCHEMA = Pattern.compile("(?:^|, )(?:\"?\\*\"?(?:\\.|,|$)|[^.,]+(?:,|$))");

    /** What application.properties says for all feeds is checked when Caravan starts. */
    private static final FeedDefaults SAID_ELSEWHERE = new FeedDefaults("any", "default", "", "any-bucket/any", "", "");

    /** Tries the feeds as Caravan would read them: what it would refuse becomes a comment, and where it would load something else, the whole feed does. */
    public Draft checked() {
        checked(Draft::faultsOfFeeds, DISPENSABLE);
        feeds.stream().filter(feed -> feed.offBecause().isEmpty()).forEach(Draft::limit);
        return this;
    }

    /**
     * The same for beans of another kind, which stand in the place of feeds.
     *
     * @param check what is wrong with beans, by their names, that have these properties; a fault's key is {@code name.property}
     * @param dispensable the properties without which a bean loads the same
     */
    public Draft checked(Function<Map<String, Map<String, String>>, List<Fault>> check, Set<String> dispensable) {
        for (List<Fault> faults = faults(check); !faults.isEmpty(); faults = faults(check)) {
            faults.forEach(fault -> refuse(fault, dispensable));
        }
        return this;
    }

    /** The same with other values, for what can't be tried as it will be written. */
    public Draft rewritten(UnaryOperator<String> values) {
        feeds.forEach(feed -> feed.rewrite(values));
        return new Draft(
                feeds,
                clusters.stream().map(cluster -> cluster.rewritten(values)).toList(),
                byHand.stream().map(values).toList());
    }

    /** Where keys choose tables, those of a schema that has a name are allowed. */
    private static void limit(FeedDraft draft) {
        FeedConfigurer.feed(draft.properties()).unlimitedTables().ifPresent(tables -> {
            if (ANY_SCHEMA.matcher(tables).find()) {
                draft.comment(
                        "whoever writes an object chooses its table by the key: name the tables that may be chosen in"
                                + " allowedTables, separated by commas, * for any characters, for example allowedTables: landing.*");
            } else {
                draft.set("allowedTables", tables);
            }
        });
    }

    private List<Fault> faults(Function<Map<String, Map<String, String>>, List<Fault>> check) {
        Map<String, Map<String, String>> beans = new LinkedHashMap<>();
        feeds.stream()
                .filter(feed -> feed.offBecause().isEmpty())
                .forEach(feed -> beans.put(feed.name(), feed.properties()));
        return check.apply(beans);
    }

    private static List<Fault> faultsOfFeeds(Map<String, Map<String, String>> drafts) {
        Map<String, Feed> beans = new LinkedHashMap<>();
        drafts.forEach((name, properties) -> beans.put(name, FeedConfigurer.feed(properties)));
        return new Feeds(() -> beans, SAID_ELSEWHERE).faults();
    }

    private void refuse(Fault fault, Set<String> dispensable) {
        int dot = fault.key().lastIndexOf('.');
        String property = fault.key().substring(dot + 1);
        feeds.stream()
                .filter(feed -> feed.name().equals(fault.key().substring(0, Math.max(0, dot))))
                .forEach(feed -> {
                    String words = "Caravan refuses " + property + ": " + fault.advice();
                    if (dispensable.contains(property)) {
                        feed.comment(words + " (it was " + fault.value() + ")").drop(property);
                    } else {
                        feed.off(words);
                    }
                });
    }
}
