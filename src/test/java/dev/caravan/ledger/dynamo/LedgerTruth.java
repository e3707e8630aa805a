package dev.caravan.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** All that the ledger's tables hold at a moment, read without the ledger, and what must be true of it at any moment. */
final class LedgerTruth {
    final Map<String, Stored> batches = new HashMap<>();
    final Map<FileEntry, Ledger.KnownFile> files = new HashMap<>();
    private final Map<String, SortedMap<Long, List<FileEntry>>> entries = new HashMap<>();
    private final Map<String, SortedMap<Long, List<QuarantinedFile>>> quarantined = new HashMap<>();

    /** A batch's item, and all that is stored beside it for the batch. */
    record Stored(
            Batch batch,
            Map<String, AttributeValue> item,
            SortedMap<Long, List<FileEntry>> entries,
            SortedMap<Long, List<QuarantinedFile>> quarantined) {

        Optional<String> owner() {
            return Optional.ofNullable(item.get("owner")).map(AttributeValue::s);
        }

        String phase() {
            return Items.text(item, "phase");
        }

        /** Of a batch that doesn't wait for a cluster. */
        Instant time() {
            return Items.instant(item, "time");
        }

        boolean waitsFor(String cluster) {
            return phase().equals(Items.HELD) && Items.text(item, "time").startsWith(Items.waitingFor(cluster));
        }

        boolean isLocked() {
            return batch.status() == BatchStatus.LOCKED;
        }

        List<FileEntry> files() {
            return entries.values().stream().flatMap(List::stream).toList();
        }

        List<QuarantinedFile> setAside() {
            return quarantined.values().stream().flatMap(List::stream).toList();
        }
    }

    static LedgerTruth read(DynamoDbClient client, LedgerSettings settings) {
        LedgerTruth truth = new LedgerTruth();
        for (Map<String, AttributeValue> item : scan(client, settings.entries())) {
            String batch = Items.text(item, "batch");
            long sequence = Items.number(item, "sequence");
            if (sequence < EntriesItems.QUARANTINE) {
                truth.entriesOf(batch).put(sequence, EntriesItems.files(BatchId.feed(batch), item));
            } else {
                truth.quarantinedOf(batch).put(sequence, EntriesItems.quarantined(BatchId.feed(batch), item));
            }
        }
        for (Map<String, AttributeValue> item : scan(client, settings.batches())) {
            if (Items.text(item, "feed").startsWith(Items.NO_FEED)) {
                continue;
            }
            Batch batch = Items.batch(item);
            Stored stored = new Stored(batch, item, truth.entriesOf(batch.id()), truth.quarantinedOf(batch.id()));
            assertThat(truth.batches.put(batch.id(), stored))
                    .as("batch %s is there once", batch.id())
                    .isNull();
        }
        for (Map<String, AttributeValue> item : scan(client, settings.files())) {
            Ledger.KnownFile known = Items.knownFile(item);
            truth.files.put(known.file(), known);
        }
        return truth;
    }

    private static List<Map<String, AttributeValue>> scan(DynamoDbClient client, String table) {
        return client.scanPaginator(r -> r.tableName(table).consistentRead(true)).items().stream()
                .toList();
    }

    private SortedMap<Long, List<FileEntry>> entriesOf(String batch) {
        return entries.computeIfAbsent(batch, b -> new TreeMap<>());
    }

    private SortedMap<Long, List<QuarantinedFile>> quarantinedOf(String batch) {
        return quarantined.computeIfAbsent(batch, b -> new TreeMap<>());
    }

    Batch batch(String id) {
        return Optional.ofNullable(batches.get(id)).orElseThrow().batch();
    }

    /** An open batch of a feed. */
    Optional<Stored> open(String feed, String shard) {
        return batches.values().stream()
                .filter(stored -> stored.batch().status() == BatchStatus.OPEN)
                .filter(stored -> stored.batch().feed().equals(feed))
                .filter(stored -> stored.batch().shard().equals(shard))
                .findFirst();
    }

    void check() {
        assertThat(batches.keySet()).as("the batches of all entries").containsAll(entries.keySet());
        batches.values().forEach(this::check);
        files.values().forEach(this::check);
    }

    private void check(Stored stored) {
        Batch batch = stored.batch();
        List<Long> sequences = new ArrayList<>();
        for (long i = 1; i <= batch.entries(); i++) {
            sequences.add(i);
        }
        assertThat(stored.entries().keySet()).as("entries of %s", batch).containsExactlyElementsOf(sequences);
        assertThat(stored.files()).as("files of %s", batch).hasSize((int) batch.files());
        assertThat(files.keySet()).as("known files, and those of %s", batch).containsAll(stored.files());
        assertThat(stored.files().stream().mapToLong(FileEntry::size).sum())
                .as("bytes of %s", batch)
                .isEqualTo(batch.bytes());
        checkPlace(stored);
        checkQuarantine(stored);
    }

    /** Who waits for what says when; who works on it owns it. */
    private static void checkPlace(Stored stored) {
        Batch batch = stored.batch();
        String place = Items.text(stored.item(), "batch");
        switch (batch.status()) {
            case OPEN -> {
                assertThat(place).isEqualTo("open#" + batch.key() + "#" + batch.shard());
                assertThat(stored.owner()).as("owner of %s", batch).isEmpty();
                assertThat(stored.phase()).isEqualTo(Items.LIVE);
                assertThat(stored.time()).isEqualTo(batch.due());
            }
            case LOCKED -> {
                assertThat(place).isEqualTo(batch.id());
                assertThat(stored.phase()).matches(stored.owner().isPresent() ? Items.LIVE : "live|held");
                if (stored.phase().equals(Items.LIVE)) {
                    assertThat(stored.time()).isNotNull();
                } else {
                    assertThat(LedgerActor.CLUSTERS).anyMatch(stored::waitsFor);
                }
                assertThat(batch.locked()).isPresent();
                assertThat(batch.attempt()).isGreaterThanOrEqualTo(batch.only().isEmpty() ? 1 : 0);
            }
            default -> {
                assertThat(place).isEqualTo(batch.id());
                assertThat(stored.owner()).as("owner of %s", batch).isEmpty();
                assertThat(stored.phase()).isEqualTo(batch.status().word());
                assertThat(batch.isLoaded()).isEqualTo(batch.status() == BatchStatus.COMPLETE);
            }
        }
    }

    private void checkQuarantine(Stored stored) {
        Batch batch = stored.batch();
        List<QuarantinedFile> setAside = stored.setAside();
        assertThat(setAside).as("quarantined files of %s", batch).hasSize(batch.quarantined());
        assertThat(setAside.stream().map(file -> file.cluster() + file.file()))
                .as("quarantined files of %s, once for each cluster", batch)
                .doesNotHaveDuplicates();
        assertThat(stored.files())
                .containsAll(setAside.stream().map(QuarantinedFile::file).toList());
        long next = EntriesItems.QUARANTINE;
        for (Map.Entry<Long, List<QuarantinedFile>> item : stored.quarantined().entrySet()) {
            assertThat(item.getKey()).isEqualTo(next);
            next += item.getValue().size();
        }
        for (QuarantinedFile file : setAside) {
            Ledger.KnownFile known = files.get(file.file());
            if (known != null && known.batch().equals(batch.id())) {
                assertThat(known.quarantined())
                        .as("%s of %s", known, batch)
                        .containsEntry(file.cluster(), file.cause());
            }
        }
    }

    /** It is in the one batch that took it in, and in one more for each time that it was reloaded; it says which is the last. */
    private void check(Ledger.KnownFile known) {
        List<Stored> in = batches.values().stream()
                .filter(stored -> stored.files().contains(known.file()))
                .toList();
        assertThat(in.stream().filter(stored -> stored.batch().only().isEmpty()))
                .as("batches that took in %s", known)
                .hasSize(1);
        assertThat(in)
                .allSatisfy(stored -> assertThat(stored.files().stream().filter(known.file()::equals))
                        .hasSize(1));
        assertThat(in).extracting(stored -> stored.batch().id()).contains(known.batch());
        assertThat(in.stream()
                        .flatMap(stored -> stored.setAside().stream())
                        .filter(file -> file.file().equals(known.file()))
                        .map(QuarantinedFile::cluster))
                .as("the clusters for which %s was quarantined", known)
                .containsAll(known.quarantined().keySet());
    }
}
