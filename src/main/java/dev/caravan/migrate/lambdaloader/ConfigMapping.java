package dev.caravan.migrate.lambdaloader;

import dev.caravan.migrate.draft.FeedDraft;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The AWS loader's configuration of a prefix, attribute by attribute, in all versions of its format. Clusters are for {@link ClusterMapping}. */
final class ConfigMapping {
    private static final String KMS = "is encrypted with KMS and was not read";

    private static final List<Mapping> ROWS = List.of(
            Mapping.property("s3Prefix", "prefix", ConfigMapping::folder),
            row(ConfigMapping::filter, "filenameFilterRegex"),
            row(ConfigMapping::format, "dataFormat", "jsonPath"),
            row(ConfigMapping::copyOptions, "copyOptions", "csvDelimiter", "ignoreCsvHeader", "compression"),
            Mapping.property("batchSize", "batchSize"),
            Mapping.property("batchSizeBytes", "batchBytes"),
            row(ConfigMapping::timeout, "batchTimeoutSecs"),
            row(ConfigMapping::manifests, "manifestBucket", "manifestKey"),
            Mapping.property("successTopicARN", "loadedTopic"),
            Mapping.property("failureTopicARN", "failedTopic"),
            Mapping.comment(
                    "failedManifestKey",
                    "manifests of failed loads stay where they are, below manifestPrefix; messages and caravan describe batch"
                            + " name them"),
            Mapping.comment(
                    "accessKeyForS3",
                    "is not taken over: give a role s3:GetObject for these files, attach it to the cluster, and name it in"
                            + " caravan.iam-role or iamRole; or set copyCredentials: keys, and the keys as placeholders"),
            Mapping.comment("secretKeyForS3", KMS + "; iamRole takes its place"),
            Mapping.off(
                    "masterSymmetricKey",
                    KMS + ": these files are encrypted by their writer, and COPY needs the key, as ENCRYPTED and"
                            + " MASTER_SYMMETRIC_KEY among its parameters"),
            row((config, draft) -> draft.set("onOverwrite", "skip")
                    .comment("onOverwrite: skip is what the AWS loader does: it loads a key once. Delete the line to"
                            + " have overwritten objects loaded as well")),
            Mapping.nothing("currentBatch", "version", "lastUpdate", "lastBatchRotation", "status"));

    private ConfigMapping() {}

    /** Takes over what can be; names every attribute that can't. */
    static void apply(Item config, FeedDraft draft) {
        Set<String> unknown = new HashSet<>(config.values().keySet());
        for (Mapping row : ROWS) {
            row.rule().accept(config, draft);
            row.attributes().forEach(unknown::remove);
        }
        ClusterMapping.ATTRIBUTES.forEach(unknown::remove);
        unknown.stream()
                .filter(name -> !ClusterMapping.SQL.matcher(name).matches())
                .sorted()
                .forEach(name -> draft.comment(name + ": not known, and not taken over"));
    }

    private static Mapping row(BiConsumer<Item, FeedDraft> rule, String... attributes) {
        return new Mapping(List.of(attributes), rule);
    }

    /** There, a prefix is a folder and all below it; here, keys that begin so. */
    static String folder(String s3Prefix) {
        String plain = s3Prefix.replaceFirst("^s3://", "");
        return plain.endsWith("/") || plain.indexOf('/') < 0 ? plain : plain + "/";
    }

    /** There, it is searched for anywhere in the key; here, it must match the whole file name. */
    private static void filter(Item config, FeedDraft draft) {
        Optional<String> regex = config.text("filenameFilterRegex");
        if (regex.isEmpty()) {
            return;
        }
        String text = regex.get();
        boolean toEnd = text.endsWith("$") && !text.endsWith("\\$");
        String core = toEnd ? text.substring(0, text.length() - 1) : text;
        String grouped = core.contains("|") ? "(?:" + core + ")" : core;
        boolean wholeKey = text.contains("/") || text.startsWith("^");
        String filter = wholeKey
                ? ".*?(?:" + text + ").*"
                : (grouped.startsWith(".*") ? "" : ".*") + grouped + (toEnd || grouped.endsWith(".*") ? "" : ".*");
        try {
            Pattern.compile(filter);
        } catch (PatternSyntaxException e) {
            draft.off("filenameFilterRegex: '" + text + "' can't be understood: " + e.getDescription());
            return;
        }
        draft.set(wholeKey ? "keyPattern" : "filter", filter);
    }

    private static void format(Item config, FeedDraft draft) {
        String format = config.text("dataFormat").orElse("CSV").toUpperCase(Locale.ROOT);
        switch (format) {
            case "CSV" -> draft.set("format", readsAsText(config) ? "DELIMITED" : "CSV");
            case "JSON", "AVRO" ->
                draft.set("format", format + " '" + config.text("jsonPath").orElse("auto") + "'");
            case "PARQUET", "ORC" -> draft.set("format", format);
            default -> draft.off("dataFormat: " + format + " is not known");
        }
        if (format.equals("CSV") && config.text("version").orElse("1").startsWith("1")) {
            draft.comment(
                    "versions 1.x read CSV as delimited text: if quotes in the files are data, write format: DELIMITED");
        }
    }

    /** As soon as one of these is among the options, the loader doesn't say CSV. */
    private static boolean readsAsText(Item config) {
        return config.text("copyOptions")
                .filter(options -> Pattern.compile("REMOVEQUOTES|ESCAPE", Pattern.CASE_INSENSITIVE)
                        .matcher(options)
                        .find())
                .isPresent();
    }

    private static void copyOptions(Item config, FeedDraft draft) {
        StringBuilder options = new StringBuilder();
        if (config.text("dataFormat").orElse("CSV").equalsIgnoreCase("CSV")) {
            String delimiter = config.text("csvDelimiter").orElse(",");
            if (!delimiter.equals(",") || readsAsText(config)) {
                options.append("DELIMITER '")
                        .append(delimiter.replace("'", "''"))
                        .append("' ");
            }
            if (config.isTrue("ignoreCsvHeader")) {
                options.append("IGNOREHEADER 1 ");
            }
        }
        config.text("compression")
                .ifPresent(compression -> options.append(compression).append(' '));
        config.text("copyOptions").ifPresent(options::append);
        draft.set("copyOptions", options.toString());
    }

    private static void timeout(Item config, FeedDraft draft) {
        config.text("batchTimeoutSecs")
                .ifPresentOrElse(
                        seconds -> {
                            draft.set("batchTimeout", seconds.equals("0") ? "1s" : seconds + "s");
                            if (seconds.equals("0")) {
                                draft.comment("batchTimeoutSecs was 0: there, each event loaded what waited; here,"
                                        + " batchTimeout: 1s does");
                            }
                        },
                        () -> draft.comment(
                                "there was no batchTimeoutSecs: a batch waited for its last file for ever; here it is loaded"
                                        + " after 5 minutes at the latest, unless batchTimeout says otherwise"));
    }

    private static void manifests(Item config, FeedDraft draft) {
        config.text("manifestBucket")
                .ifPresent(bucket -> draft.set(
                        "manifestPrefix",
                        bucket
                                + config.text("manifestKey")
                                        .map(key -> "/" + key)
                                        .orElse("")));
    }
}
