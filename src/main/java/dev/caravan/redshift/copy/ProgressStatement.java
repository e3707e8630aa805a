package dev.caravan.redshift.copy;

import dev.caravan.batch.Batch;
import dev.caravan.batch.Progress;
import dev.caravan.redshift.failure.Mark;
import dev.caravan.redshift.target.TableName;
import dev.caravan.redshift.target.Target;

/**
 * Renders what keeps runs' progress in the cluster that made it: a table beside the target's ledger table, one row a step, to which rows are only added. What
 * is rendered for a load stands in its transaction, behind the LOCK of the ledger table, so that one load at a time reads and writes it.
 */
public final class ProgressStatement {
    private final String schema;

    /** @param schema the schema of the ledger tables, for example {@code caravan} */
    public ProgressStatement(String schema) {
        this.schema = SqlText.identifier(schema);
    }

    /** Creates the table unless it is there; its schema is. */
    public String prepare(Target target) {
        return """
                CREATE TABLE IF NOT EXISTS %s (
                  "name" VARCHAR(%d) NOT NULL,
                  "step" BIGINT NOT NULL,
                  "value" VARCHAR(%d) NOT NULL,
                  "batch" VARCHAR(128) NOT NULL,
                  "deleted" BIGINT,
                  "made_at" TIMESTAMP NOT NULL DEFAULT getdate()
                )""".formatted(table(target), Progress.LONGEST_NAME, Progress.LONGEST_VALUE);
    }

    /** Selects {@code step, value} of how far something has come: one row, or none if it has made no progress yet. */
    public String ask(Target target, String name) {
        return ask(name(target), name);
    }

    /** The same, of a table that nobody loads yet. */
    public String ask(TableName table, String name) {
        return "SELECT \"step\", \"value\" FROM " + table(table) + " WHERE \"name\" = " + SqlText.literal(name)
                + " ORDER BY \"step\" DESC LIMIT 1";
    }

    /** Notes a step with an empty value: what has made progress begins anew. One without progress is left as it is. */
    public String anew(TableName table, String name) {
        return "INSERT INTO " + table(table) + " (\"name\", \"step\", \"value\", \"batch\") SELECT "
                + SqlText.literal(name) + ", MAX(\"step\") + 1, '', '' FROM " + table(table) + " WHERE \"name\" = "
                + SqlText.literal(name) + " HAVING MAX(\"step\") IS NOT NULL";
    }

    /** Fails with {@link Mark#MOVED} and the step that the cluster is at unless it is at the one before. The text to cast is null if it is. */
    String guard(Target target, Progress progress) {
        return """
                SELECT CAST('%s' || CAST(MAX("at") AS VARCHAR) AS INT)
                FROM (SELECT COALESCE(MAX("step"), 0) AS "at" FROM %s WHERE "name" = %s) p WHERE "at" <> %d;
                """.formatted(Mark.MOVED.text(), table(target), SqlText.literal(progress.name()), progress.step() - 1);
    }

    /**
     * Fails with {@link Mark#OTHER_ROWS} and the number unless so many rows were copied as were read; then notes the progress, and how many rows
     * the load has deleted by keys. Comes last.
     *
     * @param copied selects the number of copied rows as column {@code n}
     */
    String note(Target target, Batch batch, Progress progress, String copied) {
        return """
                ;
                SELECT CAST('%s' || CAST(MAX("n") AS VARCHAR) AS INT) FROM (%s) c WHERE "n" <> %d;
                INSERT INTO %s ("name", "step", "value", "batch", "deleted")
                SELECT %s, %d, %s, %s, %s""".formatted(
                Mark.OTHER_ROWS.text(),
                copied,
                progress.rows(),
                table(target),
                SqlText.literal(progress.name()),
                progress.step(),
                SqlText.literal(progress.value()),
                SqlText.literal(batch.id()),
                target.deletedKeys().isPresent() ? "\"gone\" FROM " + KeyedDeletes.COUNTED : "CAST(NULL AS BIGINT)");
    }

    /** How many rows a batch's load has deleted by keys, as an expression: NULL if it deletes none so. */
    String deleted(Target target, Batch batch) {
        return "(SELECT MAX(\"deleted\") FROM " + table(target) + " WHERE \"batch\" = " + SqlText.literal(batch.id())
                + ")";
    }

    private String table(Target target) {
        return table(name(target));
    }

    private String table(TableName name) {
        return schema + "." + SqlText.identifier(LedgerTable.progress(name));
    }

    private static TableName name(Target target) {
        return TableName.of(target.table())
                .orElseThrow(() -> new IllegalArgumentException("'" + target.table() + "' is not a table's name"));
    }
}
