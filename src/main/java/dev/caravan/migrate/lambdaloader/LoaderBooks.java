package dev.caravan.migrate.lambdaloader;

import dev.caravan.s3.listing.Ahead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** What the AWS loader's batches and their manifests say of its files. The names of all files are held in memory. */
final class LoaderBooks {
    private final Map<String, LoaderBatch> batches = new HashMap<>();
    private final Map<String, String> loadedBy = new HashMap<>();
    private final Map<String, Placed> others = new HashMap<>();
    private final Map<String, LoaderBatch> dropped = new TreeMap<>();
    private final List<TwiceLoaded> twice = new ArrayList<>();
    private final List<LoaderBatch> withoutManifest = new ArrayList<>();

    /** What became of an object, and in which batch. */
    record Placed(Fate fate, String batch) {
        Placed first(Placed other) {
            return fate.compareTo(other.fate) <= 0 ? this : other;
        }
    }

    private LoaderBooks() {}

    /**
     * Reads them.
     *
     * @param period of batches that ended, only those that were changed last then; the others are all read
     * @param progress hears how many manifests were read
     * @throws dev.caravan.base.aws.AwsRefused if DynamoDB or S3 refuses
     */
    static LoaderBooks read(
            LoaderTables tables, Manifests manifests, Predicate<Instant> period, LongConsumer progress) {
        LoaderBooks books = new LoaderBooks();
        tables.batches(batch -> {
            if (batch.is(LoaderBatch.OPEN) || batch.is(LoaderBatch.LOCKED) || period.test(batch.updated())) {
                books.batches.put(batch.id(), batch);
            }
        });
        List<LoaderBatch> complete = books.batches.values().stream()
                .filter(batch -> batch.is(LoaderBatch.COMPLETE))
                .toList();
        long[] read = {0};
        Ahead.forEach(complete, batch -> batch.manifest().flatMap(manifests::files), (batch, files) -> {
            books.complete(batch, files);
            progress.accept(++read[0]);
        });
        books.batches.values().forEach(books::incomplete);
        return books;
    }

    /** Every batch that was read. */
    Iterable<LoaderBatch> batches() {
        return batches.values();
    }

    Optional<LoaderBatch> batch(String id) {
        return Optional.ofNullable(batches.get(id));
    }

    /** Files that are in more than one batch's manifest, or more than once in one. */
    List<TwiceLoaded> twice() {
        return twice;
    }

    /** Batches that ended well and whose manifest isn't there any more: all their files count as loaded. */
    List<LoaderBatch> withoutManifest() {
        return withoutManifest;
    }

    /** The files that were dropped between a batch and its manifest, and are in no other, with that batch. */
    Map<String, LoaderBatch> dropped() {
        Map<String, LoaderBatch> lost = new TreeMap<>(dropped);
        lost.keySet().removeIf(file -> fate(new LoaderFile(file)) != Fate.DROPPED);
        return lost;
    }

    /** The fate of a file as the loader writes it, whichever object that is. */
    Fate fate(LoaderFile file) {
        return inManifest(file).isPresent()
                ? Fate.LOADED
                : Optional.ofNullable(others.get(file.written()))
                        .map(Placed::fate)
                        .orElse(Fate.UNKNOWN);
    }

    /** The name by which a manifest of a batch that ended well names a file, if one does. */
    Optional<String> inManifest(LoaderFile file) {
        return file.namesInManifest().stream().filter(loadedBy::containsKey).findFirst();
    }

    /**
     * What became of an object. COPY loads the key that the manifest has, and fails if there is none ({@code mandatory}): so it is loaded if a manifest names
     * it exactly, or by its name in a batch whose manifest is gone.
     *
     * @param name {@code bucket/key}, nothing encoded
     * @return empty if no batch that is there says anything of it
     */
    Optional<Placed> placed(String name) {
        Optional<Placed> exactly = Optional.ofNullable(loadedBy.get(name)).map(batch -> new Placed(Fate.LOADED, batch));
        return exactly.or(() -> LoaderFile.written(name).stream()
                        .flatMap(written -> Optional.ofNullable(others.get(written)).stream())
                        .reduce(Placed::first))
                .or(() -> LoaderFile.written(name).stream()
                        .flatMap(written -> inManifest(new LoaderFile(written)).stream())
                        .flatMap(other -> Optional.ofNullable(loadedBy.get(other)).stream())
                        .map(batch -> new Placed(Fate.MISNAMED, batch))
                        .findFirst());
    }

    private void complete(LoaderBatch batch, Optional<List<String>> manifest) {
        if (manifest.isEmpty()) {
            withoutManifest.add(batch);
            batch.entries().forEach(entry -> others.merge(entry, new Placed(Fate.LOADED, batch.id()), Placed::first));
            return;
        }
        List<String> files = manifest.get();
        for (String file : files) {
            String before = loadedBy.put(file, batch.id());
            if (before != null) {
                twice.add(new TwiceLoaded("s3://" + file, before, batch.id()));
            }
        }
        Set<String> inManifest = new HashSet<>(files);
        for (String entry : batch.entries()) {
            if (new LoaderFile(entry).namesInManifest().stream().noneMatch(inManifest::contains)) {
                dropped.put(entry, batch);
                others.merge(entry, new Placed(Fate.DROPPED, batch.id()), Placed::first);
            }
        }
    }

    private void incomplete(LoaderBatch batch) {
        Fate fate = batch.isPartlyLoaded() ? Fate.PARTLY_LOADED : Fate.FAILED;
        if (batch.is(LoaderBatch.OPEN)) {
            fate = Fate.OPEN;
        } else if (batch.is(LoaderBatch.LOCKED)) {
            fate = Fate.LOCKED;
        } else if (!batch.is(LoaderBatch.ERROR)) {
            return; // complete, or its files went into another batch
        }
        for (String entry : batch.entries()) {
            others.merge(entry, new Placed(fate, batch.id()), Placed::first);
        }
    }
}
