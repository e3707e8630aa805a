package dev.caravan.load;

import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.suspect.NamedFiles;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Skipped;
import dev.caravan.redshift.copy.SkippedRows;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * Steps of route {@code skipped}: which rows has a COPY left out that has succeeded, or may have? Its answer to the client doesn't say, and neither does
 * {@code pg_last_copy_count()}, which counts those that were loaded; the load-error views do.
 */
public final class SkippedSteps {
    private static final String SKIPPED = "skippedRows";
    private static final String ANSWERED = "skippedAnswered";
    private static final String LOOKS = "skippedLooks";
    private static final String MOST_LOOKS = "skippedMostLooks";
    private static final String SINCE = "skippedSince";
    private static final int FILES_TOLD = 10;

    /** Where STL_LOAD_ERRORS isn't, SYS_LOAD_ERROR_DETAIL is looked at so often, a second and a half apart: it may lag. */
    private static final int LATE_LOOKS = 3;

    private final Ledger ledger;
    private final CopySteps copy;
    private final Clock clock;

    public SkippedSteps(Ledger ledger, CopySteps copy, Clock clock) {
        this.ledger = ledger;
        this.copy = copy;
        this.clock = clock;
    }

    /** Whether the feed's COPY may leave rows out. */
    public boolean isAsked(Exchange exchange) {
        return Attempt.target(exchange).skipsRows();
    }

    /** The question to STL_LOAD_ERRORS. */
    public String stlErrors(Exchange exchange) {
        exchange.removeProperty(ANSWERED);
        exchange.removeProperty(LOOKS);
        exchange.setProperty(SINCE, since(exchange));
        return SkippedRows.stl(Attempt.target(exchange), exchange.getProperty(SINCE, Duration.class));
    }

    /** A load that was found to be done may be that of any earlier attempt, also of one before the batch was reprocessed. */
    private Duration since(Exchange exchange) {
        Duration attempt = copy.sinceStart(exchange);
        if (exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT) == null) {
            return attempt;
        }
        Duration first = Duration.between(Attempt.batchOf(exchange).first(), clock.instant());
        return first.compareTo(attempt) > 0 ? first : attempt;
    }

    /** Whether SYS_LOAD_ERROR_DETAIL is to be asked: it is if the other view has nothing, and once more if that isn't there. */
    public boolean asksAgain(Exchange exchange) {
        int looks = exchange.getProperty(LOOKS, 0, Integer.class);
        if (looks == 0) {
            exchange.setProperty(MOST_LOOKS, hasAnswer(exchange) ? 1 : LATE_LOOKS);
        }
        exchange.setProperty(LOOKS, looks + 1);
        return skipped(exchange).rows() == 0 && looks < exchange.getProperty(MOST_LOOKS, 1, Integer.class);
    }

    /** Whether rows may come yet. */
    public boolean isLate(Exchange exchange) {
        return skipped(exchange).rows() == 0
                && exchange.getProperty(LOOKS, 0, Integer.class) < exchange.getProperty(MOST_LOOKS, 1, Integer.class);
    }

    /** The same question to the view that every cluster has. */
    public String sysErrors(Exchange exchange) {
        return SkippedRows.sys(Attempt.target(exchange), exchange.getProperty(SINCE, Duration.class));
    }

    /** Keeps what the answer says of this attempt's files. */
    @SuppressWarnings("unchecked")
    public void told(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof List<?> answer)) {
            return; // the view couldn't be asked, and the body is still the question
        }
        exchange.setProperty(ANSWERED, true);
        if (answer.isEmpty()) {
            return;
        }
        Map<String, String> files = new HashMap<>();
        Attempt.files(ledger, exchange).stream()
                .map(FileEntry::url)
                .distinct()
                .forEach(url -> files.merge(NamedFiles.asTold(url), url, (one, other) -> NamedFiles.asTold(one)));
        List<Skipped.OfFile> skipped = ((List<Map<String, Object>>) answer)
                .stream()
                        .filter(row -> files.containsKey(Rows.text(row, "file_name")))
                        .map(row -> ofFile(row, files))
                        .toList();
        exchange.setProperty(
                SKIPPED,
                new Skipped(
                        skipped.stream().mapToLong(Skipped.OfFile::rows).sum(),
                        skipped.size(),
                        skipped.subList(0, Math.min(FILES_TOLD, skipped.size())),
                        true));
    }

    private static Skipped.OfFile ofFile(Map<String, Object> row, Map<String, String> files) {
        BadRow first = ExplainSteps.badRow(row);
        String url = files.getOrDefault(first.file(), first.file());
        return new Skipped.OfFile(
                new BadRow(url, first.line(), first.column(), first.value(), first.code(), first.reason()),
                Rows.number(row, "skipped"));
    }

    private static boolean hasAnswer(Exchange exchange) {
        return exchange.getProperty(ANSWERED, false, Boolean.class);
    }

    /** What is known of the load that the exchange is about. */
    static Skipped skipped(Exchange exchange) {
        Skipped otherwise =
                !Attempt.target(exchange).skipsRows() || hasAnswer(exchange) ? Skipped.NONE : Skipped.UNKNOWN;
        return exchange.getProperty(SKIPPED, otherwise, Skipped.class);
    }
}
