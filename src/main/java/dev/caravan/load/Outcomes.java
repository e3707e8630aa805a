package dev.caravan.load;

import dev.caravan.batch.Batch;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.manifest.QuarantineOfBatch;
import dev.caravan.outcome.Outcome;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** Notes what became of a batch in a cluster: in the ledger, and, once that is written, in the metrics. */
public final class Outcomes {
    private final Ledger ledger;
    private final LoadMeters meters;

    public Outcomes(Ledger ledger, LoadMeters meters) {
        this.ledger = ledger;
        this.meters = meters;
    }

    void loaded(Batch batch, Outcome.Loaded outcome, Exchange exchange) {
        boolean last = batch.pending(Attempt.settings(exchange).clusters()).equals(List.of(outcome.cluster()));
        Batch noted = last ? ledger.lastOutcome(batch, outcome) : ledger.outcome(batch, outcome);
        Attempt.noted(noted, exchange);
        QuarantineOfBatch leftOut = new QuarantineOfBatch(ledger.quarantined(noted));
        List<QuarantinedFile> missing = Stream.concat(
                        leftOut.missingFrom(noted).stream(), leftOut.supersededIn(noted).stream())
                .filter(file -> file.cluster().equals(outcome.cluster()))
                .toList();
        long missingBytes =
                missing.stream().mapToLong(file -> file.file().size()).sum();
        long[] created = exchange.getProperty(ExchangeProperties.CREATED, new long[0], long[].class);
        meters.loaded(
                noted, outcome, noted.files() - missing.size(), noted.bytes() - missingBytes, LongStream.of(created));
    }

    void failed(Batch batch, Outcome.Failed outcome) {
        Batch noted = ledger.outcome(batch, outcome);
        int aside = new QuarantineOfBatch(ledger.quarantined(noted))
                .of(outcome.cluster())
                .size();
        meters.failed(noted, outcome.cluster(), noted.files() - aside);
    }

    void quarantined(Batch batch, List<QuarantinedFile> files) {
        files.forEach(file -> meters.quarantined(batch, file.cluster(), 1));
    }
}
