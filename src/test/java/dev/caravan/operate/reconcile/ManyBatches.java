package dev.caravan.operate.reconcile;

import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.load.manifest.ManifestWriter;
import dev.caravan.outcome.Outcome;
import dev.caravan.outcome.OutcomeJson;
import dev.caravan.redshift.copy.CopyStatement;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** A program that compares, or writes the manifest of, more than fits into its heap at once: {@code batches 100000}, {@code manifest 100000}. */
final class ManyBatches implements DynamoDbClient {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final int EVENTS = 20;
    private static final int PAGE = 100;

    private final int batches;
    private int given;

    private ManyBatches(int batches) {
        this.batches = batches;
    }

    public static void main(String... arguments) throws Exception {
        int many = Integer.parseInt(arguments[1]);
        System.out.println(arguments[0].equals("batches") ? compared(many) : manifest(many));
    }

    private static String compared(int many) {
        Feed bean = new Feed();
        bean.set("prefix", "landing/web/");
        bean.set("table", "public.web");
        Feed feed = new Feeds(
                        () -> Map.of("web", bean),
                        new FeedDefaults("redshift", "default", "", "ops/manifests", "loaded", "failed"))
                .named("web")
                .orElseThrow();
        ManyBatches ledger = new ManyBatches(many);
        Differences found = new Differences(10);
        new BatchComparison(
                        new LedgerReader(
                                ledger, new LedgerSettings("t", "me", Duration.ofMinutes(1), Duration.ofDays(365))),
                        new ClusterRows(new CopyStatement("caravan"), cluster -> Optional.empty()))
                .run(feed, Instant.EPOCH, START, found);
        return ledger.given + " compared: " + found.inWords();
    }

    /** What a load holds of a batch: its files, and the manifest. */
    private static String manifest(int many) throws Exception {
        List<FileEntry> files = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String key = "s3://a-bucket-with-a-long-name/landing/events/year=2026/month=01/day=31/hour=12/part-" + i;
            files.add(new FileEntry("web", key + ".json.gz", String.format("%032x", i), 1_000_000 + i, START));
        }
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        ManifestWriter.write(files.stream(), manifest);
        return files.size() + " files in " + manifest.toByteArray().length + " bytes";
    }

    /** The batches, newest first, each with a long history. */
    @Override
    public QueryResponse query(QueryRequest request) {
        if (request.keyConditionExpression().contains("begins_with")) {
            return QueryResponse.builder().items(List.of()).build();
        }
        List<Map<String, AttributeValue>> items = IntStream.range(given, Math.min(batches, given + PAGE))
                .mapToObj(ManyBatches::item)
                .toList();
        given += items.size();
        return QueryResponse.builder()
                .items(items)
                .lastEvaluatedKey(given < batches ? Map.of("batch", items.get(0).get("batch")) : Map.of())
                .build();
    }

    private static Map<String, AttributeValue> item(int number) {
        Instant at = START.minusSeconds(10_000 + number);
        String id = "web-" + ID.format(at) + "00000000";
        Map<String, AttributeValue> item = new HashMap<>();
        Map.of("feed", "web", "key", "web", "batch", id, "id", id, "status", "complete", "stage", "notify")
                .forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
        Map.of(
                        "phase",
                        "complete",
                        "manifest",
                        "s3://m/" + id,
                        "reason",
                        "",
                        "time",
                        at.toString(),
                        "first",
                        at.toString())
                .forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
        item.put("due", AttributeValue.fromS(at.toString()));
        item.put("locked", AttributeValue.fromS(at.toString()));
        for (String count : List.of("files", "bytes", "entries", "attempt", "pauses", "quarantined")) {
            item.put(count, AttributeValue.fromN("1"));
        }
        item.put("only", AttributeValue.fromL(List.of()));
        item.put(
                "outcomes",
                AttributeValue.fromM(Map.of(
                        "redshift",
                        AttributeValue.fromS(
                                OutcomeJson.write(new Outcome.Loaded("redshift", at, 1, 1, "s3://m/" + id))))));
        item.put(
                "history",
                AttributeValue.fromL(IntStream.range(0, EVENTS)
                        .mapToObj(event -> AttributeValue.fromM(Map.of(
                                "at", AttributeValue.fromN(Long.toString(at.toEpochMilli() + event)),
                                "what", AttributeValue.fromS("postponed"),
                                "owner", AttributeValue.fromS("an-instance-" + event),
                                "detail", AttributeValue.fromS("until later: the cluster is away, " + number))))
                        .toList()));
        return item;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
