package dev.caravan.redshift.copy;

import dev.caravan.redshift.failure.Mark;
import dev.caravan.redshift.target.DeletedKeys;
import dev.caravan.redshift.target.Target;
import java.util.stream.Collectors;

/**
 * Renders what deletes rows by keys from files, in a load's transaction, before it adds rows: what it adds has keys that stay. The subquery refers to the
 * query around it and to none further out, which is a pattern that Redshift takes ("Correlated subqueries" in its developer guide). DELETE doesn't say to a
 * later statement how many rows it took: what was counted before it, behind the LOCK of the ledger table, is kept in a temporary table for the load's note.
 */
final class KeyedDeletes {
    private static final String KEYS = "\"caravan_keys\"";

    /** Says how many rows were deleted, as {@code gone}, until {@link #END}. */
    static final String COUNTED = "\"caravan_deleted\"";

    static final String END = ";\nDROP TABLE " + COUNTED;

    private final CopyCommand copy;

    KeyedDeletes(CopyCommand copy) {
        this.copy = copy;
    }

    /** @param table quoted */
    String of(Target target, String table, DeletedKeys deleted) {
        String names = SqlText.identifiers(target.keys(), ", ");
        String concerned = (deleted.gone() ? "EXISTS" : "NOT EXISTS") + " (SELECT 1 FROM " + KEYS + " k WHERE "
                + target.keys().stream()
                        .map(SqlText::identifier)
                        .map(key -> "k." + key + " = " + table + "." + key)
                        .collect(Collectors.joining(" AND "))
                + ")";
        return """
                CREATE TEMP TABLE %1$s AS SELECT %2$s FROM %3$s WHERE 1 = 0;
                %4$s;
                SELECT CAST('%5$s' || CAST(MAX("n") AS VARCHAR) AS INT)
                FROM (SELECT COUNT(*) AS "n" FROM %1$s) c WHERE "n" <> %6$d;
                CREATE TEMP TABLE %10$s AS SELECT "all", "gone"
                FROM (SELECT COUNT(*) AS "all" FROM %3$s) a, (SELECT COUNT(*) AS "gone" FROM %3$s WHERE %9$s) g;
                SELECT CAST('%7$s' || CAST(MAX("gone") AS VARCHAR) || ' of ' || CAST(MAX("all") AS VARCHAR)
                  || ' rows, more than %8$d %%' AS INT)
                FROM %10$s WHERE "gone" * 100 > "all" * %8$d;
                DELETE FROM %3$s WHERE %9$s;
                DROP TABLE %1$s;
                """.formatted(
                        KEYS,
                        names,
                        table,
                        copy.of(target, KEYS, target.keys(), deleted.manifestUrl()),
                        Mark.OTHER_ROWS.text(),
                        deleted.rows(),
                        Mark.TOO_MANY_DELETES.text(),
                        deleted.maxPercent(),
                        concerned,
                        COUNTED);
    }
}
