package dev.caravan.load;

import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.suspect.JsonPaths;
import dev.caravan.load.suspect.MissingFiles;
import dev.caravan.load.suspect.NamedFiles;
import dev.caravan.load.suspect.Suspects;
import dev.caravan.outcome.BadRow;
import dev.caravan.redshift.copy.LoadErrorViews;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.redshift.failure.NeededFileMissing;
import dev.caravan.redshift.target.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Steps of route {@code explain}: whether a cluster that refused a batch holds it after all, and which of its files or rows it refused. */
public final class ExplainSteps {
    private static final String LOOKS = "looksForRows";
    private static final int BAD_ROWS_TOLD = 10;

    /** SYS_LOAD_ERROR_DETAIL is looked at so often, a second and a half apart. */
    private static final int MOST_LOOKS = 8;

    /** A load that missed something that is there is tried again so often, within some minutes; then the search finds out what it was. */
    private static final int MOST_MOMENTS = 5;

    private final Ledger ledger;
    private final CopySteps copy;
    private final MissingFiles missing;

    public ExplainSteps(Ledger ledger, CopySteps copy, MissingFiles missing) {
        this.ledger = ledger;
        this.copy = copy;
        this.missing = missing;
    }

    /** Before a load is called failed: if the cluster's ledger table names the batch, it isn't. The body is the answer to {@link CopySteps#rows}. */
    public void ask(Exchange exchange) {
        List<Map<String, Object>> rows = answer(exchange);
        if (!rows.isEmpty()) {
            copy.foundLoaded(rows, exchange);
        }
    }

    /** Whether the cluster refused files, and it isn't known yet which. */
    public boolean isUnexplained(Exchange exchange) {
        return !CopySteps.isLoaded(exchange)
                && !OverwriteSteps.isLeftOut(exchange)
                && Retries.failure(exchange).kind() == CopyFailure.Kind.BAD_DATA
                && Suspects.of(exchange).isEmpty();
    }

    /** Keeps the file that the cluster says it was reading, if it is one of the attempt's. */
    public void named(Exchange exchange) {
        CopyFailure failure = Retries.failure(exchange);
        if (!CopySteps.isLoaded(exchange) && failure.maybeOfFiles()) {
            failure.reading()
                    .ifPresent(url -> Suspects.named(
                                    List.of(refused(url, failure.reason())), Attempt.files(ledger, exchange))
                            .keep(exchange));
        }
    }

    /** Whether an object was not there: the one that the cluster named, and maybe others. */
    public boolean isMissing(Exchange exchange) {
        return !CopySteps.isLoaded(exchange) && Retries.failure(exchange).missing();
    }

    /**
     * Keeps all the files that S3 doesn't have, so that they are set aside at once.
     *
     * @throws NeededFileMissing if it is the feed's jsonpaths file that S3 doesn't have
     * @throws IOException if S3 has all of them, and the cluster names none: then it was the manifest, or a moment, and the load is tried again; but
     *     not for ever
     */
    public void missing(Exchange exchange) throws IOException, NeededFileMissing {
        CopyFailure failure = Retries.failure(exchange);
        Target target = Attempt.target(exchange);
        Optional<String> needed =
                target.format().jsonPaths().filter(url -> isUnexplained(exchange) && missing.lacks(url));
        if (needed.isPresent()) {
            throw new NeededFileMissing(JsonPaths.named(needed.get(), target) + " is not in S3: " + failure.problem());
        }
        Optional<List<FileEntry>> gone = missing.of(Attempt.files(ledger, exchange));
        if (gone.isPresent() && !gone.get().isEmpty()) {
            Suspects.proven(gone.get().stream()
                            .map(file -> refused(file.url(), failure.reason()))
                            .toList())
                    .keep(exchange);
        } else if (gone.isPresent()
                && isUnexplained(exchange)
                && Attempt.batchOf(exchange).pauses() < MOST_MOMENTS) {
            throw new IOException(
                    "S3 has each of the batch's files, though the cluster missed one: " + failure.problem());
        }
    }

    private static BadRow refused(String url, String reason) {
        return new BadRow(url, 0, "", "", 0, reason);
    }

    /** The question which rows the cluster refused. */
    public String stlErrors(Exchange exchange) {
        return LoadErrorViews.stl(Attempt.target(exchange), copy.sinceStart(exchange));
    }

    /** Whether the other view, whose rows may come late, is to be asked, or asked again: it is when COPY says that it has refused rows. */
    public boolean asksAgain(Exchange exchange) {
        int looks = exchange.getProperty(LOOKS, 0, Integer.class);
        exchange.setProperty(LOOKS, looks + 1);
        return isUnexplained(exchange) && looks < (Retries.failure(exchange).refusesRows() ? MOST_LOOKS : 1);
    }

    /** Whether rows are to come that aren't there yet. */
    public boolean isLate(Exchange exchange) {
        return isUnexplained(exchange) && Retries.failure(exchange).refusesRows();
    }

    /** The same question to the view that every cluster has. */
    public String sysErrors(Exchange exchange) {
        return LoadErrorViews.sys(Attempt.target(exchange), copy.sinceStart(exchange));
    }

    /** Keeps the refused rows that are of this attempt's files; the body is the answer. */
    public void refused(Exchange exchange) {
        if (answer(exchange).isEmpty()) {
            return; // without reading the batch's files again at each look
        }
        List<FileEntry> files = Attempt.files(ledger, exchange);
        List<Map<String, Object>> rows = answer(exchange).stream()
                .filter(row ->
                        !NamedFiles.of(Rows.text(row, "file_name"), files).isEmpty())
                .toList();
        Suspects.named(
                        rows.stream()
                                .filter(row -> Rows.text(row, "query").equals(Rows.text(rows.get(0), "query")))
                                .map(ExplainSteps::badRow)
                                .distinct()
                                .limit(BAD_ROWS_TOLD)
                                .toList(),
                        files)
                .keep(exchange);
    }

    static BadRow badRow(Map<String, Object> row) {
        return new BadRow(
                Rows.text(row, "file_name"),
                Rows.number(row, "line_number"),
                Rows.text(row, "column_name"),
                Rows.text(row, "raw_value"),
                (int) Rows.number(row, "error_code"),
                Rows.text(row, "error_message"));
    }

    /** Rows that the cluster answered; none if it could not be asked, and the body is still the question. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> answer(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof List<?> rows ? (List<Map<String, Object>>) rows : List.of();
    }
}
