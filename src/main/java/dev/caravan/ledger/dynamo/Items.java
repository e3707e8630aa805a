package dev.caravan.ledger.dynamo;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Progress;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.WaitingList;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import dev.caravan.outcome.OutcomeJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The shapes of the ledger's items: plain attributes, times as ISO-8601 with milliseconds, so that they sort and can be read. */
public final class Items {
    /** Time to live, seconds since 1970: DynamoDB deletes the item after it. */
    public static final String EXPIRES = "expires";

    /** What the sort key of every open batch begins with. */
    public static final String OPEN = "open#";

    /** What the name of a partition begins with that holds other things than a feed's batches. */
    public static final String NO_FEED = "#";

    /** The partition that names the batches of which files were quarantined. */
    public static final String QUARANTINES = "#quarantined";

    /** The phase of batches that are open, being loaded, or waiting for a time. */
    public static final String LIVE = "live";

    private static final String QUARANTINED_IN = "quarantined:";

    /** How many files of a batch are superseded; batches without such files don't have it. */
    static final String SUPERSEDED = "superseded";

    /** What a load notes in its cluster; batches of events don't have it. */
    private static final String PROGRESS = "progress";

    /** The phase of locked batches that wait in a list: for a cluster, for their turn, or for their feed's pause to end. */
    public static final String HELD = "held";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Items() {}

    public static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    public static AttributeValue n(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    public static AttributeValue time(Instant value) {
        return s(TIME.format(value));
    }

    // ---- file: key (object, version)

    public static Map<String, AttributeValue> fileKey(FileEntry file) {
        return Map.of("object", s(file.url()), "version", s(file.feed() + "#" + file.version()));
    }

    static Map<String, AttributeValue> file(FileEntry file, String batch, long expires) {
        Map<String, AttributeValue> item = new HashMap<>(fileKey(file));
        item.put("feed", s(file.feed()));
        item.put("batch", s(batch));
        item.put("size", n(file.size()));
        item.put("created", time(file.created()));
        item.put(EXPIRES, n(expires));
        return item;
    }

    public static Ledger.KnownFile knownFile(Map<String, AttributeValue> item) {
        String feed = text(item, "feed");
        String version = text(item, "version").substring(feed.length() + 1);
        return new Ledger.KnownFile(
                new FileEntry(feed, text(item, "object"), version, number(item, "size"), instant(item, "created")),
                text(item, "batch"),
                quarantined(item));
    }

    private static Map<String, BadRow> quarantined(Map<String, AttributeValue> file) {
        Map<String, BadRow> clusters = new TreeMap<>();
        file.forEach((name, value) -> {
            if (name.startsWith(QUARANTINED_IN)) {
                clusters.put(name.substring(QUARANTINED_IN.length()), OutcomeJson.readBadRow(value.s()));
            }
        });
        return clusters;
    }

    /** The attribute of a file that says why a cluster refused it. */
    static String quarantinedIn(String cluster) {
        return QUARANTINED_IN + cluster;
    }

    // ---- batch: key (feed, batch); an open one stands at its key and shard, a locked one at its id

    static Map<String, AttributeValue> openKey(String feed, String key, String shard) {
        return Map.of("feed", s(feed), "batch", s(OPEN + key + "#" + shard));
    }

    /** Of any item that has a batch's key. No shard has a {@code #}. */
    static String shard(Map<String, AttributeValue> item) {
        String place = text(item, "batch");
        return place.startsWith(OPEN) ? place.substring(place.lastIndexOf('#') + 1) : Batch.SHARED;
    }

    public static Map<String, AttributeValue> batchKey(String id) {
        return Map.of("feed", s(BatchId.feed(id)), "batch", s(id));
    }

    static Map<String, AttributeValue> batch(Batch batch, Map<String, AttributeValue> key, Instant time, long expires) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put("id", s(batch.id()));
        item.put("key", s(batch.key()));
        item.put("status", s(batch.status().word()));
        item.put("stage", s(batch.stage().word()));
        item.put("phase", s(phase(batch.status())));
        item.put("time", time(time));
        item.put("files", n(batch.files()));
        item.put("bytes", n(batch.bytes()));
        item.put("entries", n(batch.entries()));
        item.put("first", time(batch.first()));
        item.put("due", time(batch.due()));
        batch.locked().ifPresent(locked -> item.put("locked", time(locked)));
        item.put("attempt", n(batch.attempt()));
        item.put("pauses", n(batch.pauses()));
        item.put("manifest", s(batch.manifest()));
        item.put("reason", s(batch.reason()));
        item.put("outcomes", AttributeValue.fromM(Map.of()));
        item.put("quarantined", n(batch.quarantined()));
        item.put(
                "only", AttributeValue.fromL(batch.only().stream().map(Items::s).toList()));
        batch.progress().ifPresent(progress -> item.put(PROGRESS, progress(progress)));
        item.put(EXPIRES, n(expires));
        return item;
    }

    private static AttributeValue progress(Progress progress) {
        return AttributeValue.fromM(Map.of(
                "name", s(progress.name()),
                "step", n(progress.step()),
                "value", s(progress.value()),
                "rows", n(progress.rows())));
    }

    private static Progress progress(Map<String, AttributeValue> item) {
        return new Progress(text(item, "name"), number(item, "step"), text(item, "value"), number(item, "rows"));
    }

    static Batch batch(Map<String, AttributeValue> item) {
        Map<String, Outcome> outcomes = new TreeMap<>();
        attribute(item, "outcomes").m().forEach((cluster, json) -> outcomes.put(cluster, OutcomeJson.read(json.s())));
        return new Batch(
                text(item, "id"),
                text(item, "key"),
                text(item, "feed"),
                shard(item),
                BatchStatus.of(text(item, "status")),
                Stage.of(text(item, "stage")),
                number(item, "files"),
                number(item, "bytes"),
                number(item, "entries"),
                instant(item, "first"),
                instant(item, "due"),
                Optional.ofNullable(item.get("locked")).map(locked -> Instant.parse(locked.s())),
                (int) number(item, "attempt"),
                (int) number(item, "pauses"),
                text(item, "manifest"),
                text(item, "reason"),
                Map.copyOf(outcomes),
                (int) number(item, "quarantined"),
                attribute(item, "only").l().stream().map(AttributeValue::s).toList(),
                Deaths.of(item),
                item.containsKey(SUPERSEDED) ? (int) number(item, SUPERSEDED) : 0,
                Optional.ofNullable(item.get(PROGRESS)).map(progress -> progress(progress.m())));
    }

    /** A batch with all that stands beside it. */
    public static BatchRecord record(Map<String, AttributeValue> item) {
        Batch batch = batch(item);
        boolean held = text(item, "phase").equals(HELD);
        String time = text(item, "time");
        int hash = time.indexOf('#');
        return new BatchRecord(
                batch,
                Optional.ofNullable(item.get("owner")).map(AttributeValue::s),
                Instant.parse(held ? time.substring(hash + 1) : time),
                held ? Optional.of(time.substring(0, hash)) : Optional.empty(),
                Optional.ofNullable(item.get("completedBy"))
                        .map(AttributeValue::s)
                        .orElse(""),
                History.of(item));
    }

    /** The hash key of the index: one {@code live} list serves the recovery scan with a single query; ended batches are listed by status. */
    public static String phase(BatchStatus status) {
        return status == BatchStatus.OPEN || status == BatchStatus.LOCKED ? LIVE : status.word();
    }

    /** The {@code time} of a batch that waits in a list ({@link WaitingList}): oldest first. */
    static AttributeValue waiting(String list, Instant locked) {
        return s(waitingFor(list) + TIME.format(locked));
    }

    /** What the {@code time} of every batch begins with that waits in a list. */
    static String waitingFor(String list) {
        return list + "#";
    }

    public static String text(Map<String, AttributeValue> item, String name) {
        return attribute(item, name).s();
    }

    public static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(attribute(item, name).n());
    }

    public static Instant instant(Map<String, AttributeValue> item, String name) {
        return Instant.parse(text(item, name));
    }

    public static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("a ledger item has no attribute '" + name + "', only " + item.keySet()
                    + ": was it written by hand, or by a newer version of Caravan?");
        }
        return value;
    }
}
