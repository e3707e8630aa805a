package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.attribute;
import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.number;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.text;

import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.outcome.OutcomeJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The shapes of the items that name a batch's files: key (batch, sequence). They are small, for DynamoDB is paid by the KB: what all URLs begin with
 * stands there once, times count from the first one, a file's attributes have no names, and an ETag is bytes.
 */
final class EntriesItems {
    /** Behind the entries of the largest batch: the sequences of what names its quarantined files. */
    static final long QUARANTINE = 1_000_000_000;

    /** Behind those: the sequences of what names its superseded files. */
    static final long SUPERSEDED = 2_000_000_000;

    private static final Pattern ETAG = Pattern.compile("[0-9a-f]{32}");

    private EntriesItems() {}

    static Map<String, AttributeValue> entries(String batch, long sequence, List<FileEntry> files, long expires) {
        String base = CommonStart.of(files.stream().map(FileEntry::url).toList());
        Instant from =
                files.stream().map(FileEntry::created).min(Instant::compareTo).orElse(Instant.EPOCH);
        return Map.of(
                "batch",
                s(batch),
                "sequence",
                n(sequence),
                "base",
                s(base),
                "from",
                n(from.toEpochMilli()),
                "files",
                AttributeValue.fromL(
                        files.stream().map(file -> entry(file, base, from)).toList()),
                Items.EXPIRES,
                n(expires));
    }

    static List<FileEntry> files(String feed, Map<String, AttributeValue> item) {
        String base = text(item, "base");
        Instant from = Instant.ofEpochMilli(number(item, "from"));
        return attribute(item, "files").l().stream()
                .map(file -> entry(feed, base, from, file))
                .toList();
    }

    static Map<String, AttributeValue> quarantined(
            String batch, long sequence, List<QuarantinedFile> files, long expires) {
        return Map.of(
                "batch",
                s(batch),
                "sequence",
                n(sequence),
                "files",
                AttributeValue.fromL(files.stream().map(EntriesItems::leftOut).toList()),
                Items.EXPIRES,
                n(expires));
    }

    private static AttributeValue leftOut(QuarantinedFile file) {
        Map<String, AttributeValue> attributes = new HashMap<>(Map.of(
                "file", entry(file.file(), "", Instant.EPOCH),
                "cluster", s(file.cluster()),
                "attempt", n(file.attempt()),
                "cause", s(OutcomeJson.write(file.cause()))));
        if (file.isSuperseded()) {
            attributes.put("instead", s(file.instead()));
        }
        return AttributeValue.fromM(attributes);
    }

    static List<QuarantinedFile> quarantined(String feed, Map<String, AttributeValue> item) {
        return attribute(item, "files").l().stream()
                .map(AttributeValue::m)
                .map(file -> new QuarantinedFile(
                        entry(feed, "", Instant.EPOCH, attribute(file, "file")),
                        text(file, "cluster"),
                        (int) number(file, "attempt"),
                        OutcomeJson.readBadRow(text(file, "cause")),
                        file.containsKey("instead") ? text(file, "instead") : ""))
                .toList();
    }

    /** URL without what it begins with, version, size, milliseconds from a time to that of its creation. */
    private static AttributeValue entry(FileEntry file, String base, Instant from) {
        return AttributeValue.fromL(List.of(
                s(file.url().substring(base.length())),
                version(file.version()),
                n(file.size()),
                n(file.created().toEpochMilli() - from.toEpochMilli())));
    }

    private static FileEntry entry(String feed, String base, Instant from, AttributeValue entry) {
        List<AttributeValue> file = entry.l();
        return new FileEntry(
                feed,
                base + file.get(0).s(),
                version(file.get(1)),
                Long.parseLong(file.get(2).n()),
                from.plusMillis(Long.parseLong(file.get(3).n())));
    }

    private static AttributeValue version(String version) {
        return ETAG.matcher(version).matches()
                ? AttributeValue.fromB(
                        SdkBytes.fromByteArrayUnsafe(HexFormat.of().parseHex(version)))
                : s(version);
    }

    private static String version(AttributeValue version) {
        return version.b() == null
                ? version.s()
                : HexFormat.of().formatHex(version.b().asByteArrayUnsafe());
    }
}
