package dev.caravan.rin;

import dev.caravan.draft.ClusterDraft;
import dev.caravan.draft.Clusters;
import dev.caravan.draft.Draft;
import dev.caravan.draft.FeedDraft;
import dev.caravan.draft.FeedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Makes feeds of Rin's targets. */
public final class RinImport {
    private final Section config;
    private final Clusters clusters = new Clusters();
    private final FeedNames names = new FeedNames();

    private RinImport(Section config) {
        this.config = config;
    }

    /**
     * Reads a configuration; a template's {@code {{ must_env "NAME" }}} becomes {@code FROM_ENV_NAME}.
     *
     * @throws IllegalArgumentException if it is no YAML; the message says where
     */
    public static Draft draft(String yaml) {
        String plain = yaml.replaceAll("\\{\\{\\s*(?:must_)?env\\s+[`\"'](\\w+)[`\"'][^}]*}}", "FROM_ENV_$1");
        try {
            return new RinImport(Section.of(new Load(LoadSettings.builder().build()).loadFromString(plain))).draft();
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Draft draft() {
        List<FeedDraft> feeds = config.list("targets").stream().map(this::feed).toList();
        return new Draft(feeds, clusters.all(), byHand()).checked();
    }

    private FeedDraft feed(Section target) {
        Section s3 = target.section("s3").or(config.section("s3"));
        Section redshift = target.section("redshift").or(config.section("redshift"));
        String prefix = s3.text("bucket") + "/" + s3.text("key_prefix");
        FeedDraft draft = new FeedDraft(names.of(prefix), "Rin's target for " + prefix).set("prefix", prefix);
        if (target.text("discard").equals("true")) {
            return draft.set("discard", "true");
        }
        String schema = redshift.text("schema");
        draft.set("table", (schema.isEmpty() ? "" : schema + ".") + redshift.text("table"));
        draft.set("keyPattern", keyPattern(s3.text("key_regexp")));
        cluster(redshift, draft);
        String sql = target.text("sql_option").isEmpty() ? config.text("sql_option") : target.text("sql_option");
        SqlOption option = SqlOption.of(sql);
        draft.set("format", option.format()).set("copyOptions", option.copyOptions());
        draft.set("iamRole", config.section("credentials").text("aws_iam_role"));
        if (overlaps(prefix)) {
            if (!target.text("break").equals("true")) {
                draft.set("onMatch", "continue");
            }
            draft.comment(
                    "Rin asks its targets in their order, until one says break; here the longest prefix comes first");
        }
        return draft;
    }

    /** Rin, which is written in Go, looks for its expression anywhere in the key; here one matches the whole key. */
    private static String keyPattern(String regexp) {
        return regexp.isEmpty() ? "" : ".*?(?:" + regexp.replace("(?P<", "(?<") + ").*";
    }

    private void cluster(Section redshift, FeedDraft draft) {
        if (redshift.text("host").isEmpty()) {
            draft.comment("Rin reached "
                    + List.of("cluster", "workgroup").stream()
                            .map(redshift::text)
                            .filter(name -> !name.isEmpty())
                            .collect(Collectors.joining(", ", "'", "'"))
                    + " without a host name: caravan.clusters says which one is loaded");
            return;
        }
        String port = redshift.text("port").isEmpty() ? "5439" : redshift.text("port");
        draft.set(
                "clusters",
                clusters.at(
                                redshift.text("host"),
                                port,
                                redshift.text("dbname"),
                                redshift.text("user"),
                                "Rin's redshift")
                        .name());
    }

    /** Whether another target takes some of the same keys. */
    private boolean overlaps(String prefix) {
        return config.list("targets").stream()
                        .map(target -> target.section("s3").or(config.section("s3")))
                        .map(s3 -> s3.text("bucket") + "/" + s3.text("key_prefix"))
                        .filter(other -> other.startsWith(prefix) || prefix.startsWith(other))
                        .count()
                > 1;
    }

    private List<String> byHand() {
        List<String> steps = new ArrayList<>();
        if (!config.text("queue_name").isEmpty()) {
            steps.add("set caravan.queue=" + config.text("queue_name")
                    + " in application.properties, or have S3 tell another"
                    + " queue: each event goes to one of those that read a queue");
        }
        for (ClusterDraft cluster : clusters.all()) {
            steps.add("set " + cluster.passwordVariable() + ": the password of " + cluster.user() + " at "
                    + cluster.url());
        }
        if (!config.section("credentials").text("aws_access_key_id").isEmpty()) {
            steps.add("give COPY a role instead of access keys, and name it in caravan.iam-role");
        }
        steps.add(
                "Rin copies each object by itself; here a batch has 100 files, or is loaded after 5 minutes: set batchSize and"
                        + " batchTimeout where that is not what you want");
        steps.add("what stands there as FROM_ENV_NAME came from an environment variable: write its value");
        return steps;
    }
}
