package dev.caravan.cli.files;

import dev.caravan.batch.Batch;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.outcome.Outcome;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;

/** How it stands with a file, as one sentence for a person. */
final class Standing {
    private Standing() {}

    /** {@code s3://landing/web/a.csv (feed web, version 0cc1…)}. */
    static String name(KnownFile known) {
        var file = known.file();
        return file.url() + " (feed " + file.feed() + ", version " + file.version() + ")";
    }

    /** @param batch the one that it is in, if the ledger still has it */
    static String inWords(KnownFile known, Optional<Batch> batch) {
        if (known.isImported()) {
            return name(known) + ": another loader had loaded it before";
        }
        if (batch.isEmpty()) {
            return name(known) + ": its batch " + known.batch()
                    + " is no longer in the ledger, so nobody can tell whether a cluster holds it";
        }
        return known.quarantined().isEmpty()
                ? name(known) + " is not quarantined: " + ofBatch(batch.get())
                : name(known)
                        + " is quarantined, but the object was overwritten since, and COPY would load the newer content a"
                        + " second time: the older can't be loaded any more, unless it is uploaded once more";
    }

    private static String ofBatch(Batch batch) {
        String id = "batch " + batch.id();
        return switch (batch.status()) {
            case OPEN ->
                "it waits in " + id + ", which is loaded at " + batch.due().truncatedTo(ChronoUnit.SECONDS)
                        + " at the latest";
            case LOCKED ->
                "its " + id + " is being loaded" + (batch.reason().isEmpty() ? "" : " (" + batch.reason() + ")");
            case COMPLETE ->
                batch.isMadeGood()
                        ? "its " + id + " failed, and other batches have loaded its files since"
                        : "its " + id + " is loaded into " + loads(batch);
            case ERROR -> "its " + id + " has status error and wants to be reprocessed (" + failures(batch) + ")";
        };
    }

    private static String loads(Batch batch) {
        return batch.outcomes().values().stream()
                .map(outcome -> "cluster " + outcome.cluster() + " since "
                        + outcome.at().truncatedTo(ChronoUnit.SECONDS))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String failures(Batch batch) {
        return batch.outcomes().values().stream()
                .flatMap(outcome -> outcome instanceof Outcome.Failed failed
                        ? Optional.of("cluster " + failed.cluster() + ": " + failed.reason()).stream()
                        : Optional.<String>empty().stream())
                .sorted()
                .collect(Collectors.joining("; "));
    }
}
