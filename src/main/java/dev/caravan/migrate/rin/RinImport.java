package dev.caravan.migrate.rin;

import dev.caravan.migrate.draft.ClusterDraft;
import dev.caravan.migrate.draft.Clusters;
import dev.caravan.migrate.draft.Draft;
import dev.caravan.migrate.draft.FeedDraft;
import dev.caravan.migrate.draft.FeedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes feeds of Rin's targets. What its configuration means is said by Rin's
 * <a href="https://github.com/fujiwara/Rin/blob/master/config.go">config.go</a> and its README.
 */
public final class RinImport {
    private final Section config;
    private final Templates templates;
    private final Clusters clusters;
    private final RinCluster cluster;
    private final FeedNames names = new FeedNames();
    private final List<Target> targets = new ArrayList<>();

    private RinImport(Section config, Templates templates, Clusters clusters) {
        this.config = config;
        this.templates = templates;
        this.clusters = clusters;
        cluster = new RinCluster(clusters, config.section("credentials").text("aws_region"));
        int number = 0;
        for (Section target : config.list("targets")) {
            targets.add(Target.of(++number, target, s3(target)));
        }
    }

    /**
     * Reads a configuration; templates become placeholders of Camel's.
     *
     * @throws IllegalArgumentException if it can't be read; the message, after the file's name, says why
     */
    public static Draft draft(String yaml) {
        Templates templates = new Templates();
        String plain = templates.taken(yaml);
        try {
            Section config = Section.of(new Load(LoadSettings.builder().build()).loadFromString(plain));
            return Clusters.apart(clusters -> new RinImport(config, templates, clusters).draft())
                    .rewritten(templates::written);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("is no YAML: " + e.getMessage(), e);
        }
    }

    private Draft draft() {
        List<FeedDraft> feeds = new ArrayList<>();
        for (Section target : config.list("targets")) {
            feeds.add(feed(target, targets.get(feeds.size())));
        }
        Draft draft = new Draft(feeds, clusters.all(), byHand()).checked();
        String role = config.section("credentials").text("aws_iam_role");
        if (templates.isIn(role)) {
            feeds.forEach(feed -> feed.set("iamRole", role)); // no ARN as yet, so it can't be checked
        }
        return draft;
    }

    private Section s3(Section target) {
        return target.section("s3").or(config.section("s3"));
    }

    private FeedDraft feed(Section target, Target of) {
        FeedDraft draft =
                new FeedDraft(names.of(of.prefix()), "Rin's target for " + of.prefix()).set("prefix", of.prefix());
        if (of.keyPrefix().isEmpty() && of.keyRegexp().isEmpty()) {
            draft.off("it has neither key_prefix nor key_regexp, and Rin doesn't start with that");
        }
        if (!of.keyPrefix().isEmpty() && !s3(target).text("key_regexp").isEmpty()) {
            draft.comment("Rin takes no notice of key_regexp where there is a key_prefix, and so does this");
        }
        for (String flag : List.of("break", "discard")) {
            if (templates.isIn(target.text(flag))) {
                draft.off(flag + " is " + target.text(flag)
                        + ", and feeds can't take that from outside: write true or false");
            }
        }
        if (of.discard()) {
            keys(of, draft.set("discard", "true"));
            next(of, draft);
            return draft;
        }
        Section redshift = target.section("redshift").or(config.section("redshift"));
        String schema = redshift.text("schema");
        String table = (schema.isEmpty() ? "" : schema + ".") + redshift.text("table");
        if (table.contains("$0")) {
            draft.off(
                    "$0 in the table's name, all that key_regexp found, has no equal: write a group around it and $1");
        }
        keys(of, draft.set("table", table));
        cluster.apply(redshift, draft);
        copy(target, draft);
        next(of, draft);
        return draft;
    }

    /** Which keys it takes. */
    private void keys(Target of, FeedDraft draft) {
        Order order = new Order(targets);
        order.hiding(of)
                .ifPresent(hiding -> draft.off("Rin never comes to this " + of.inWords() + ": " + hiding.inWords()
                        + " stands before it, takes all of its keys, and says "
                        + (hiding.discard() ? "discard" : "break")));
        List<Target> leftOut = order.leftOut(of);
        String excluded = leftOut.stream().map(Target::exclusion).collect(Collectors.joining());
        if (excluded.isEmpty()) {
            of.keyPattern().ifPresent(pattern -> draft.set("keyPattern", pattern));
        } else if (order.hiding(of).isEmpty()) {
            draft.set("keyPattern", excluded + of.keyPattern().orElse(".*"));
            draft.comment("keyPattern leaves out what Rin didn't let come here: "
                    + leftOut.stream().map(Target::inWords).collect(Collectors.joining(", "))
                    + (leftOut.size() == 1 ? " stands" : " stand") + " before it and takes it alone");
        }
    }

    /** Whether others get them too. */
    private void next(Target of, FeedDraft draft) {
        Order order = new Order(targets);
        if (of.discard() && !order.stops(of)) {
            draft.off(
                    "targets before it have its keys, and those after it leave them out in their keyPattern: nothing is"
                            + " left to discard");
        } else if (!of.discard() && order.goesOn(of)) {
            draft.set("onMatch", "continue");
        }
        if (targets.stream().anyMatch(other -> other.number() != of.number() && other.overlaps(of))) {
            draft.comment(
                    "Rin asks its targets in their order, until one says break; here the longest prefix comes first");
        }
    }

    /** Rin writes a REGION into each COPY. */
    private void copy(Section target, FeedDraft draft) {
        String sql = target.text("sql_option").isEmpty() ? config.text("sql_option") : target.text("sql_option");
        SqlOption option = SqlOption.of(sql);
        String region = s3(target).text("region");
        String options = option.copyOptions();
        boolean isColumnar = option.format().matches("PARQUET|ORC");
        if (isColumnar && !region.isEmpty()) {
            draft.comment("REGION '" + region + "', which Rin wrote for s3.region, is left out: COPY takes none with "
                    + option.format() + ", and reads it only from the cluster's own region");
        } else if (!region.isEmpty() && !options.toUpperCase(Locale.ROOT).matches("(?s).*\\bREGION\\b.*")) {
            options += " REGION '" + region + "'";
        }
        draft.set("format", option.format()).set("copyOptions", options);
        String role = config.section("credentials").text("aws_iam_role");
        draft.set("iamRole", templates.isIn(role) ? "" : role);
    }

    private List<String> byHand() {
        List<String> steps = new ArrayList<>();
        if (!config.text("queue_name").isEmpty()) {
            steps.add("set caravan.queue=" + config.text("queue_name")
                    + " in application.properties, or have S3 tell another"
                    + " queue: each event goes to one of those that read a queue");
        }
        Section credentials = config.section("credentials");
        if (!credentials.text("aws_region").isEmpty()) {
            steps.add("set AWS_REGION=" + credentials.text("aws_region")
                    + ": the queue is there (credentials.aws_region)");
        }
        for (ClusterDraft each : clusters.all()) {
            if (!each.isDataApi()) {
                steps.add("set " + each.passwordVariable() + ": the password of " + each.user() + " at " + each.url());
            }
        }
        steps.addAll(cluster.steps());
        if (!credentials.text("aws_access_key_id").isEmpty()) {
            steps.add(
                    credentials.text("aws_iam_role").isEmpty()
                            ? "give COPY a role instead of access keys, and name it in caravan.iam-role"
                            : "give Caravan access to the queue as AWS's SDK has it, in place of credentials.aws_access_key_id");
        }
        steps.add(
                "Rin copies each object by itself; here a batch has 100 files, or is loaded after 5 minutes: set batchSize and"
                        + " batchTimeout where that is not what you want");
        steps.addAll(templates.steps());
        steps.addAll(Unknown.keys(config));
        return steps;
    }
}
