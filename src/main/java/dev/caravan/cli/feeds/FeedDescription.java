package dev.caravan.cli.feeds;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.caravan.batch.BatchPace;
import dev.caravan.cli.batches.BatchSummary;
import dev.caravan.cli.shell.Page;
import dev.caravan.cli.shell.Table;
import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedProperty;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.BatchNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A feed as {@code describe feed} tells it.
 *
 * @param configuration its configuration as it is in force; none if it is no longer configured
 * @param autoBatch what {@code batchSize: auto} means now; absent unless the feed says so
 * @param faults what is wrong with it
 * @param openBatches its open batches
 * @param lastBatches its newest other batches, newest first
 * @param failedBatches its newest batches in error, newest first
 * @param lastError of the batch that failed last; absent if none has
 */
record FeedDescription(
        @JsonUnwrapped FeedSummary summary,
        List<FeedProperty> configuration,
        @Nullable AutoBatch autoBatch,
        List<String> faults,
        List<BatchSummary> openBatches,
        List<BatchSummary> lastBatches,
        List<BatchSummary> failedBatches,
        @Nullable LastError lastError) {

    /**
     * When a batch is complete whose size Caravan chooses.
     *
     * @param files that make it complete
     * @param slices of the feed's largest cluster; absent if no cluster says
     * @param copyMillis how long a COPY has taken lately; 0 if none was seen
     * @param filesPerSecond that have arrived lately
     * @param inWords the same for a person
     */
    record AutoBatch(
            int files,
            @Nullable Integer slices,
            long copyMillis,
            double filesPerSecond,
            @JsonIgnore String inWords) {
        static AutoBatch of(Feed feed, BatchPace pace) {
            return new AutoBatch(
                    pace.files(feed.batchSize()),
                    pace.slices().isPresent() ? pace.slices().getAsInt() : null,
                    pace.copy().toMillis(),
                    pace.filesPerSecond(),
                    pace.inWords(feed.batchSize()));
        }
    }

    /** Why a batch failed, and when. */
    record LastError(String batch, Instant at, String error) {
        static Optional<LastError> of(List<BatchRecord> failed) {
            return failed.stream()
                    .max((one, other) -> one.time().compareTo(other.time()))
                    .map(record ->
                            new LastError(record.batch().id(), record.time(), BatchNote.failures(record.batch())));
        }
    }

    String inWords(Instant now) {
        FeedState state = summary.state();
        Page page = new Page()
                .fact("Feed", state.feed() + (state.configured() ? "" : " (not configured any more)"))
                .fact("Paused", state.paused() == null ? "" : state.paused().inWords())
                .fact("Open", state.open() == null ? "" : state.openInWords() + ", due " + state.due(now))
                .fact("Lag", state.oldest() == null ? "" : state.lag(now))
                .fact(
                        "Not loaded",
                        state.locked() + " locked, " + state.held() + " held, " + state.errors() + " in error")
                .fact("Bad files", summary.badFiles() == 0 ? "" : summary.badFiles() + " in the last 7 days")
                .fact("Last load", summary.lastLoad() == null ? "" : Page.timeAndAge(summary.lastLoad(), now));
        if (lastError != null) {
            page.fact("Last error", Page.timeAndAge(lastError.at(), now) + ": " + lastError.error());
        }
        return page.section("FAULTS", faults)
                .section("CONFIGURATION", configurationLines())
                .section("OPEN", BatchSummary.table(openBatches, now))
                .section("LAST BATCHES", BatchSummary.table(lastBatches, now))
                .section("IN ERROR", failedOnly(now))
                .toString();
    }

    private List<String> configurationLines() {
        return configuration.isEmpty()
                ? List.of()
                : new Table(
                                List.of("PROPERTY", "VALUE", "FROM"),
                                configuration.stream()
                                        .map(property -> List.of(property.name(), value(property), property.from()))
                                        .toList())
                        .lines();
    }

    private String value(FeedProperty property) {
        if (autoBatch != null && property.name().equals("batchSize")) {
            return autoBatch.inWords();
        }
        return property.value().isEmpty() ? "-" : property.value();
    }

    private List<String> failedOnly(Instant now) {
        List<String> lines = new ArrayList<>(BatchSummary.table(failedBatches, now));
        if (summary.state().errors() > failedBatches.size()) {
            lines.add("… and " + (summary.state().errors() - failedBatches.size())
                    + " more (caravan list batches --feed " + summary.state().feed() + " --status error)");
        }
        return lines;
    }
}
