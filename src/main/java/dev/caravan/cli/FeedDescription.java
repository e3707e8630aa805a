package dev.caravan.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.caravan.feed.FeedProperty;
import dev.caravan.ledger.BatchRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A feed as {@code describe feed} tells it.
 *
 * @param configuration its configuration as it is in force; none if it is no longer configured
 * @param faults what is wrong with it
 * @param openBatches its open batches
 * @param lastBatches its newest other batches, newest first
 * @param failedBatches its newest batches in error, newest first
 * @param lastError of the batch that failed last; absent if none has
 */
record FeedDescription(
        @JsonUnwrapped FeedSummary summary,
        List<FeedProperty> configuration,
        List<String> faults,
        List<BatchSummary> openBatches,
        List<BatchSummary> lastBatches,
        List<BatchSummary> failedBatches,
        @Nullable LastError lastError) {

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
                                        .map(property -> List.of(
                                                property.name(),
                                                property.value().isEmpty() ? "-" : property.value(),
                                                property.from()))
                                        .toList())
                        .lines();
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
