package dev.caravan.tell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.base.Quantity;
import dev.caravan.base.SentText;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import dev.caravan.outcome.OutcomeJson;
import dev.caravan.outcome.SkippedJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The SNS message about a finished batch. It has the fields of the AWS loader's message ({@code batchId, status, error, s3Prefix, key,
 * originalManifest, failedManifest}), so that what listens to one understands the other, and more.
 *
 * <ul>
 *   <li>{@code status}: {@code complete} or {@code error}; {@code error}: the failed clusters' reasons, null if there are none
 *   <li>{@code what}: {@code loaded}, {@code failed} or {@code quarantined}, that is loaded without some files; {@code severity}: {@code info},
 *       {@code error} or {@code warning}, which is also that of a batch of which COPY has skipped rows
 *   <li>{@code key}: the key of the batch's last file, as in the AWS loader, where it is the key of the file that made the batch ready
 *   <li>{@code originalManifest}: the manifest's URL; {@code failedManifest}: the same if the batch failed, else null
 *   <li>{@code files}, {@code bytes}, {@code attempt}, {@code first} (when the first file was added), {@code ended}, {@code millis} between the two
 *   <li>{@code quarantined}: of each file that was set aside its {@code file, version, cluster, line, column, value, code, reason};
 *       {@code quarantinedFiles}: how many there are
 *   <li>{@code superseded}: of each file that the batch leaves to another batch, because its object was overwritten, its {@code file, version, cluster, batch, reason};
 *       {@code supersededFiles}: how many there are. Both are absent if there are none
 *   <li>{@code clusters}: of each its {@code cluster, status, at} and {@code rows, millis}, {@code addedColumns}, {@code deleted} (rows, by keys) and {@code skipped} (rows that COPY left out)
 *       if there are any,
 *       or {@code reason, sqlState, badRows}
 * </ul>
 *
 * <p>SNS takes 256 KB at most. A message that would be longer has its texts and lists cut, and {@code "cut": true}.
 */
public final class OutcomeMessage {
    /** Bytes; leaves room for attributes under SNS's 262,144. */
    private static final int LARGEST = 240_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OutcomeMessage() {}

    /**
     * The message.
     *
     * @param settings how the batch is loaded; empty if nothing says so any more
     * @param batch a batch that is complete or in error, with its outcomes
     * @param leftOut those of its files that were left out of what their cluster loaded: quarantined ones, which are missing, and superseded ones
     * @param lastKey the key of its last file; empty if that is not at hand
     * @param ended when it ended
     */
    public static Announcement of(
            Optional<LoadSettings> settings,
            Batch batch,
            List<QuarantinedFile> leftOut,
            String lastKey,
            Instant ended) {
        List<QuarantinedFile> quarantined =
                leftOut.stream().filter(file -> !file.isSuperseded()).toList();
        var limits = Limits.first(batch.outcomes().size());
        String body = render(settings, batch, leftOut, lastKey, ended, limits, false);
        while (SentText.bytes(SentText.json(body)) > LARGEST) {
            limits = limits.half();
            body = render(settings, batch, leftOut, lastKey, ended, limits, true);
        }
        return new Announcement(
                batch.id() + " " + batch.locked().map(Instant::toString).orElse(""),
                what(batch, quarantined),
                severity(batch, quarantined),
                subject(batch, quarantined.size()),
                body);
    }

    private static String what(Batch batch, List<QuarantinedFile> quarantined) {
        return batch.status() != BatchStatus.COMPLETE ? "failed" : quarantined.isEmpty() ? "loaded" : "quarantined";
    }

    private static Severity severity(Batch batch, List<QuarantinedFile> quarantined) {
        return batch.status() != BatchStatus.COMPLETE
                ? Severity.ERROR
                : quarantined.isEmpty() && !batch.skipsRows() ? Severity.INFO : Severity.WARNING;
    }

    /** The message's subject, for example {@code Caravan: web loaded, 100 files, batch web-01JD}. */
    private static String subject(Batch batch, int quarantined) {
        String files = Quantity.count(batch.files(), "file")
                + (quarantined == 0 ? "" : " but " + quarantined + " quarantined");
        String failed = String.join(", ", failures(batch).keySet());
        return batch.status() == BatchStatus.COMPLETE
                ? "Caravan: " + batch.feed() + " loaded, " + files + (batch.skipsRows() ? ", ROWS SKIPPED" : "")
                        + ", batch " + batch.id()
                : "Caravan: " + batch.feed() + " FAILED" + (failed.isEmpty() ? "" : " in " + failed) + ", batch "
                        + batch.id();
    }

    private static String render(
            Optional<LoadSettings> settings,
            Batch batch,
            List<QuarantinedFile> leftOut,
            String lastKey,
            Instant ended,
            Limits limits,
            boolean cut) {
        Map<Boolean, List<QuarantinedFile>> bySuperseded =
                leftOut.stream().collect(Collectors.partitioningBy(QuarantinedFile::isSuperseded));
        List<QuarantinedFile> quarantined = bySuperseded.getOrDefault(false, List.of());
        List<QuarantinedFile> superseded = bySuperseded.getOrDefault(true, List.of());
        boolean complete = batch.status() == BatchStatus.COMPLETE;
        ObjectNode json = JSON.createObjectNode();
        json.put("batchId", batch.id());
        json.put("status", batch.status().word());
        json.put("error", complete ? null : limits.text(error(batch, limits)));
        json.put("what", what(batch, quarantined));
        json.put("severity", severity(batch, quarantined).word());
        json.put("s3Prefix", settings.map(LoadSettings::writtenPrefix).orElse(""));
        json.put("key", lastKey);
        json.put("originalManifest", batch.manifest());
        json.put("failedManifest", complete ? null : batch.manifest());
        json.put("feed", batch.feed());
        json.put("table", settings.map(of -> of.target().table()).orElse(""));
        json.put("files", batch.files());
        json.put("bytes", batch.bytes());
        json.put("attempt", batch.attempt());
        json.put("first", batch.first().toString());
        json.put("ended", ended.toString());
        json.put("millis", Duration.between(batch.first(), ended).toMillis());
        var clusters = json.putArray("clusters");
        new TreeMap<>(batch.outcomes())
                .values().stream()
                        .limit(limits.clusters())
                        .forEach(o -> put(clusters.addObject(), settings, o, limits));
        var aside = json.putArray("quarantined");
        quarantined.stream().limit(10L * limits.rows()).forEach(file -> {
            ObjectNode one = put(aside.addObject(), file.cause(), limits);
            one.put("cluster", limits.text(file.cluster()));
            one.put("version", limits.text(file.file().version()));
        });
        json.put("quarantinedFiles", quarantined.size());
        if (!superseded.isEmpty()) {
            var elsewhere = json.putArray("superseded");
            superseded.stream()
                    .limit(limits.rows())
                    .forEach(file -> elsewhere
                            .addObject()
                            .put("file", limits.text(file.file().url()))
                            .put("version", limits.text(file.file().version()))
                            .put("cluster", limits.text(file.cluster()))
                            .put("batch", limits.text(file.instead()))
                            .put("reason", limits.text(file.cause().reason())));
            json.put("supersededFiles", superseded.size());
        }
        if (cut) {
            json.put("cut", true);
        }
        return json.toString();
    }

    private static void put(ObjectNode json, Optional<LoadSettings> settings, Outcome outcome, Limits limits) {
        json.put("cluster", limits.text(outcome.cluster()));
        json.put("table", settings.map(of -> of.in(outcome.cluster()).table()).orElse(""));
        json.put("status", OutcomeJson.status(outcome));
        json.put("at", outcome.at().toString());
        if (outcome instanceof Outcome.Loaded loaded) {
            json.put("rows", loaded.rows());
            json.put("millis", loaded.millis());
            OutcomeJson.putAdded(json, loaded);
            OutcomeJson.putDeleted(json, loaded);
            SkippedJson.put(json, loaded.skipped(), limits.rows(), limits::text);
        } else if (outcome instanceof Outcome.Failed failed) {
            json.put("reason", limits.text(failed.reason()));
            json.put("sqlState", limits.text(failed.sqlState()));
            var rows = json.putArray("badRows");
            failed.badRows().stream().limit(limits.rows()).forEach(row -> put(rows.addObject(), row, limits));
        }
    }

    private static ObjectNode put(ObjectNode json, BadRow row, Limits limits) {
        json.put("file", limits.text(row.file()));
        json.put("line", row.line());
        json.put("column", limits.text(row.column()));
        json.put("value", limits.text(row.value()));
        json.put("code", row.code());
        json.put("reason", limits.text(row.reason()));
        return json;
    }

    private static String error(Batch batch, Limits limits) {
        Map<String, Outcome.Failed> failures = failures(batch);
        return failures.isEmpty()
                ? batch.reason()
                : failures.entrySet().stream()
                        .limit(limits.clusters())
                        .map(f -> limits.text(f.getKey()) + ": "
                                + limits.text(f.getValue().reason()))
                        .collect(Collectors.joining("\n"));
    }

    private static Map<String, Outcome.Failed> failures(Batch batch) {
        Map<String, Outcome.Failed> failures = new TreeMap<>();
        for (Outcome outcome : List.copyOf(batch.outcomes().values())) {
            if (outcome instanceof Outcome.Failed failed) {
                failures.put(failed.cluster(), failed);
            }
        }
        return failures;
    }

    /**
     * @param chars of a text
     * @param rows of a cluster
     * @param clusters of the batch
     */
    private record Limits(int chars, int rows, int clusters) {
        /** So many bad rows that a message without long texts holds them. */
        static Limits first(int clusters) {
            return new Limits(2_500, 100 / Math.max(clusters, 1), 1_000);
        }

        Limits half() {
            return new Limits(Math.max(chars / 2, 100), rows / 2, Math.max(clusters / 2, 1));
        }

        String text(String text) {
            if (text.codePointCount(0, text.length()) <= chars) {
                return text;
            }
            return text.substring(0, text.offsetByCodePoints(0, chars - 1)) + "…";
        }
    }
}
