package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.redshifttopostgres.mirror.Limit;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import java.util.Locale;
import java.util.Optional;

/** What must be true of a difference before PostgreSQL is touched. */
final class Guards {
    private Guards() {}

    /** What one of them says, with numbers; empty if all let it pass. */
    static Optional<String> refusal(TableMirror mirror, Counts counts, boolean allowDeletes) {
        String keys = String.join(", ", mirror.keys());
        if (counts.withoutKey() > 0) {
            return Optional.of(Quantity.count(counts.withoutKey(), "row") + " of " + mirror.from() + " have NULL in "
                    + keys + ", so that nothing tells them apart. " + unchanged()
                    + " Correct them, or leave them out by a query");
        }
        if (counts.repeated() > 0) {
            return Optional.of(Quantity.count(counts.repeated(), "row") + " of " + mirror.from() + " share their "
                    + keys + " with another row, and Redshift enforces no key. " + unchanged()
                    + " Remove the copies, name more columns in keys, or mirror a query that has each once");
        }
        if (counts.sourceRows() == 0 && counts.rows() > 0 && !allowDeletes) {
            return Optional.of(mirror.from() + " is empty, and the target holds " + Quantity.count(counts.rows(), "row")
                    + " of it. " + unchanged() + " If it is to be empty: caravan mirror " + mirror.name()
                    + " --allow-deletes");
        }
        if (mirror.maxDeletes().isExceeded(counts.deletes(), counts.rows()) && !allowDeletes) {
            return Optional.of(tooMany(counts.deletes(), counts.rows(), "deleted", "maxDeletes", mirror.maxDeletes())
                    + " If they are to go: caravan mirror " + mirror.name() + " --allow-deletes");
        }
        if (mirror.maxChanges().isExceeded(counts.updates(), counts.rows())) {
            return Optional.of(tooMany(counts.updates(), counts.rows(), "changed", "maxChanges", mirror.maxChanges())
                    + " If that is right, raise maxChanges of " + mirror.inWords() + " for this run");
        }
        return Optional.empty();
    }

    private static String tooMany(long rows, long all, String done, String property, Limit limit) {
        String share = all == 0 ? "" : String.format(Locale.ROOT, " (%.1f %%)", 100.0 * rows / all);
        return Quantity.count(rows, "row") + " of " + Quantity.count(all, "row") + " would be " + done + share
                + ", more than " + property + " allows, " + limit + ". " + unchanged();
    }

    private static String unchanged() {
        return "Nothing was changed.";
    }
}
