package dev.caravan.operate.doctor.trial;

import dev.caravan.base.Quantity;
import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Result.NotTried;
import dev.caravan.operate.doctor.trial.Result.Proven;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Loads that have to fail, each with the verdict that Caravan acts on. */
final class Refusals {
    static final Check MISSING_FILE = scratch -> refused(
            scratch,
            "missing_file",
            f -> {},
            Verdict.MISSING,
            scratch.file("1,a\n"),
            scratch.folder().absent("gone.csv", 4));

    static final Check BAD_ROW =
            scratch -> refused(scratch, "bad_row", f -> {}, Verdict.BAD_ROWS, scratch.file("1,a\nx,b\n"));

    static final Check BAD_PARQUET = scratch -> refused(
            scratch,
            "bad_parquet",
            f -> f.set("format", "PARQUET"),
            Verdict.BAD_FILE,
            scratch.folder().file("bad.parquet", "this is no Parquet file\n".repeat(10)));

    /** The keys are those of AWS's documentation, and nobody's. */
    static final Check WRONG_KEYS = scratch -> scratch.isDataApi()
            ? new NotTried("the Data API shows statements to others, so that Caravan gives it no keys")
            : refused(
                    scratch,
                    "wrong_keys",
                    f -> {
                        f.set("copyCredentials", "keys");
                        f.set("accessKeyId", "AKIAIOSFODNN7EXAMPLE");
                        f.set("secretAccessKey", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
                    },
                    Verdict.WRONG_KEYS,
                    scratch.file("1,a\n"));

    static final Check NO_PERMISSION = scratch -> named(
            scratch,
            "no_permission",
            scratch.wishes().unreadable(),
            Verdict.UNREADABLE,
            "--unreadable URL names such an object");

    /** COPY is told a Region in which the bucket isn't. */
    static final Check OTHER_REGION = scratch -> refused(
            scratch,
            "other_region",
            f -> f.set("copyOptions", "REGION '" + scratch.folder().otherRegion() + "'"),
            Verdict.OTHER_REGION,
            scratch.file("1,a\n"));

    private Refusals() {}

    private static Result named(Scratch scratch, String table, Optional<String> url, Verdict verdict, String option)
            throws SQLException {
        return url.isEmpty()
                ? new NotTried(option)
                : refused(scratch, table, f -> {}, verdict, scratch.folder().foreign(url.get()));
    }

    private static Result refused(
            Scratch scratch, String table, Consumer<Feed> more, Verdict wanted, FileEntry... files)
            throws SQLException {
        Feed feed = scratch.table(table, more);
        Attempt attempt = scratch.load(feed, scratch.batch(), files);
        int rows = scratch.rows(feed).size();
        String kind = attempt.failure().map(failure -> word(failure.kind())).orElse("loaded");
        if (attempt.failure().filter(wanted::fits).isPresent() && rows == 0) {
            return new Proven(kind + ", " + attempt.inWords());
        }
        return new Differs(
                "Caravan takes it for " + kind + ", not for '" + wanted.inWords() + "' (" + word(wanted.kind())
                        + "), and " + Quantity.count(rows, "row is", "rows are") + " in the table: "
                        + attempt.inWords(),
                wanted.otherwise());
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
