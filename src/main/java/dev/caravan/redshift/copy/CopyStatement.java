package dev.caravan.redshift.copy;

import dev.caravan.batch.Batch;
import dev.caravan.redshift.failure.Mark;
import dev.caravan.redshift.target.TableName;
import dev.caravan.redshift.target.Target;
import dev.caravan.redshift.target.WriteMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Renders the SQL of a load. Every identifier is quoted and every literal escaped. Each method's text is one body for camel-jdbc, which runs
 * it as one transaction.
 *
 * <p>A method throws {@link IllegalArgumentException} for a feed whose faults start-up would have reported: no table, no role.
 */
public final class CopyStatement {
    /** Files named in one DELETE, and the bytes of their names: the Data API takes statements of 100 KB. */
    private static final int REPLACED_AT_ONCE = 500, REPLACED_BYTES = 90_000;

    private final String schema;
    private final CopyCommand copy;
    private final KeyedDeletes deletes;
    private final ProgressStatement progress;

    /**
     * For loads and trials; their secrets are hidden.
     *
     * @param schema the schema of the ledger tables, for example {@code caravan}; created on first use
     * @param secrets those that the clusters' pools reveal
     */
    public CopyStatement(String schema, HiddenSecrets secrets) {
        this.schema = SqlText.identifier(schema);
        copy = new CopyCommand(secrets);
        deletes = new KeyedDeletes(copy);
        progress = new ProgressStatement(schema);
    }

    /** For statements that copy nothing. */
    public CopyStatement(String schema) {
        this(schema, new HiddenSecrets(() -> {
            throw new IllegalStateException("no statement with secrets is expected here");
        }));
    }

    /**
     * The ledger table of a target.
     *
     * @param table as a feed writes it
     * @return quoted, for example {@code "caravan"."public.web_log"}
     */
    public String ledgerTable(String table) {
        return schema + "." + SqlText.identifier(LedgerTable.name(target(table)));
    }

    /** The same, and the table that keeps progress if the batch makes any. */
    public String prepare(Target target, Batch batch) {
        return prepare(target) + (batch.progress().isPresent() ? ";\n" + progress.prepare(target) : "");
    }

    /** Creates the schema and the feed's ledger table unless they are there. Not part of a load: two of these at once may conflict, and pass. */
    public String prepare(Target target) {
        return """
                CREATE SCHEMA IF NOT EXISTS %s;
                CREATE TABLE IF NOT EXISTS %s (
                  "batch" VARCHAR(128) NOT NULL,
                  "files" BIGINT NOT NULL,
                  "bytes" BIGINT NOT NULL,
                  "rows" BIGINT NOT NULL,
                  "manifest" VARCHAR(2048) NOT NULL,
                  "loaded_at" TIMESTAMP NOT NULL DEFAULT getdate()
                )""".formatted(schema, ledgerTable(target.table()));
    }

    /**
     * Loads a batch once: a body that fails with {@link Mark#LOADED} and the batch's id when the batch's rows are in the cluster.
     *
     * <p>LOCK comes first, so that the snapshot of the guard is taken when every other load of this target has committed or rolled back. The
     * guard builds the text that it casts from the aggregate of the filtered rows: null without a row, and no plan can cast another row's.
     *
     * @param source the attempt's manifest and what else is to be known of its files
     * @param replaced URLs of files whose earlier rows are deleted first; empty unless the feed replaces
     */
    public String load(Target target, Batch batch, CopySource source, List<String> replaced) {
        String table = targetTable(target);
        var sql = new StringBuilder(guard(target, batch));
        batch.progress().ifPresent(made -> sql.append(progress.guard(target, made)));
        sql.append(addColumns(table, source));
        hook(sql, target.preSql());
        if (target.writeMode() == WriteMode.REPLACE) {
            sql.append("DELETE FROM ").append(table).append(";\n");
        } else {
            sql.append(delete(target, replaced));
        }
        target.deletedKeys().ifPresent(keys -> sql.append(deletes.of(target, table, keys)));
        sql.append(copied(target, table, source));
        sql.append(note(target, batch, source, target.isStaged() ? Staging.COUNT : "pg_last_copy_count()"));
        batch.progress()
                .ifPresent(made -> sql.append(progress.note(
                        target, batch, made, target.isStaged() ? Staging.COPIED : copiedBy(target, batch))));
        if (target.isStaged()) {
            sql.append(Staging.END);
        }
        if (target.deletedKeys().isPresent()) {
            sql.append(KeyedDeletes.END);
        }
        return sql.toString();
    }

    private String copiedBy(Target target, Batch batch) {
        return "SELECT \"rows\" AS \"n\" FROM " + ledgerTable(target.table()) + " WHERE \"batch\" = "
                + SqlText.literal(batch.id());
    }

    /** Notes a batch all of whose files are superseded, once: a body that fails as that of {@link #load} does. */
    public String nothing(Target target, Batch batch) {
        return guard(target, batch) + note(target, batch, CopySource.of(batch.manifest()), "0");
    }

    private String guard(Target target, Batch batch) {
        return """
                LOCK %1$s;
                SELECT CAST('%2$s' || MAX("batch") AS INT) FROM %1$s WHERE "batch" = %3$s;
                """.formatted(ledgerTable(target.table()), Mark.LOADED.text(), SqlText.literal(batch.id()));
    }

    private String copied(Target target, String table, CopySource source) {
        var sql = new StringBuilder();
        if (target.isStaged()) {
            sql.append(new Staging(target, table, source)
                    .fill((stage, manifest) -> copy.of(target, stage, List.of(), manifest)));
        } else {
            sql.append(copy.of(target, table, target.columns(), source.manifestUrl()))
                    .append(";\n");
        }
        hook(sql, target.postSql());
        return sql.toString();
    }

    /** Redshift adds one column in a statement; a load that fails takes them back. */
    private static String addColumns(String table, CopySource source) {
        return source.added().stream()
                .map(added -> "ALTER TABLE " + table + " ADD COLUMN " + SqlText.identifier(added.column()) + " "
                        + added.type() + ";\n")
                .collect(Collectors.joining());
    }

    private static void hook(StringBuilder sql, String statements) {
        if (!statements.isEmpty()) {
            sql.append(statements).append(";\n");
        }
    }

    private String note(Target target, Batch batch, CopySource source, String rows) {
        return """
                INSERT INTO %s ("batch", "files", "bytes", "rows", "manifest")
                SELECT %s, %d, %d, %s, %s""".formatted(
                        ledgerTable(target.table()),
                        SqlText.literal(batch.id()),
                        batch.files(),
                        batch.bytes(),
                        rows,
                        SqlText.literal(source.manifestUrl()));
    }

    /** Selects nothing of the feed's table: its columns are in the answer's header. */
    public String tableColumns(Target target) {
        return "SELECT * FROM " + targetTable(target) + " WHERE 1 = 0";
    }

    /**
     * Loads a manifest's files, deletions apart, and takes it back: a body that always fails, with {@link Mark#READABLE} if the cluster can load all of
     * them. NOLOAD would be for that, but columnar formats don't take it, and it knows nothing of the feed's SQL.
     */
    public String trial(Target target, CopySource source) {
        return trial(target, source, copied(target, targetTable(target), source));
    }

    /** The same of all but the files: what fails here is no file's fault. */
    public String trialWithoutFiles(Target target, CopySource source) {
        String nothing = target.isStaged()
                ? new Staging(target, targetTable(target), source).fill((stage, manifest) -> "SELECT 1")
                : "";
        var sql = new StringBuilder(nothing);
        hook(sql, target.postSql());
        return trial(target, source, sql.toString());
    }

    private String trial(Target target, CopySource source, String copied) {
        var sql = new StringBuilder("LOCK " + ledgerTable(target.table()) + ";\n");
        sql.append(addColumns(targetTable(target), source));
        hook(sql, target.preSql());
        sql.append(copied);
        return sql.append("SELECT CAST('%s' || CAST(count(*) AS VARCHAR) AS INT) FROM %s"
                        .formatted(Mark.READABLE.text(), ledgerTable(target.table())))
                .toString();
    }

    /**
     * Reads a manifest's files as a load would: a body that always fails, with {@link Mark#READABLE} if the cluster can read them, so that nothing
     * of it stays. NOLOAD alone would not do: columnar formats don't take it.
     */
    public String rehearsal(Target target, CopySource source) {
        return noload(target, source) + ";\nSELECT CAST('" + Mark.READABLE.text()
                + "' || CAST(count(*) AS VARCHAR) AS INT) FROM (SELECT 1) AS one";
    }

    String noload(Target target, CopySource source) {
        List<String> columns = target.isStaged() ? source.loaded(target) : target.columns();
        return copy.of(target, targetTable(target), columns, source.manifestUrl())
                + (target.format().kind().isColumnar() ? "" : "\nNOLOAD");
    }

    /** Creates the schema of the ledger tables unless it is there. */
    public String createSchema() {
        return "CREATE SCHEMA IF NOT EXISTS " + schema;
    }

    /** Selects {@code batch} of the feed's batches that the cluster holds, in the order of ids: at most {@code most} from one id to before another. */
    public String batches(Target target, String from, String to, int most) {
        return "SELECT \"batch\" FROM " + ledgerTable(target.table()) + " WHERE LEFT(\"batch\", "
                + (target.name().length() + 1) + ") = " + SqlText.literal(target.name() + "-") + " AND \"batch\" >= "
                + SqlText.literal(from) + " AND \"batch\" < " + SqlText.literal(to) + " ORDER BY \"batch\" LIMIT "
                + most;
    }

    /** The feed's table, quoted, for example {@code "public"."web_log"}. */
    public static String targetTable(Target target) {
        return SqlText.identifiers(target(target.table()).parts(), ".");
    }

    /**
     * Selects {@code rows, manifest} of the batch, and {@code deleted} if it makes progress: one row if the cluster holds it, none if not. The truth after a failure
     * whose outcome is unknown.
     */
    public String loaded(Target target, Batch batch) {
        String deleted = batch.progress().isPresent() ? ", " + progress.deleted(target, batch) + " AS \"deleted\"" : "";
        return "SELECT \"rows\", \"manifest\"" + deleted + " FROM " + ledgerTable(target.table())
                + " WHERE \"batch\" = " + SqlText.literal(batch.id());
    }

    private static String delete(Target target, List<String> urls) {
        if (urls.isEmpty()) {
            return "";
        }
        String column = SqlText.identifier(target.fileColumn()
                .orElseThrow(() -> new IllegalArgumentException(
                        target.inWords() + " replaces files' rows but has no fileColumn; add it")));
        var sql = new StringBuilder();
        String delete = "DELETE FROM " + targetTable(target) + " WHERE " + column + " IN (";
        List<String> names = new ArrayList<>();
        int bytes = 0;
        for (String name : urls.stream().map(SqlText::literal).toList()) {
            int more = name.getBytes(StandardCharsets.UTF_8).length + 2;
            if (names.size() == REPLACED_AT_ONCE || bytes + more > REPLACED_BYTES) {
                sql.append(delete).append(String.join(", ", names)).append(");\n");
                names.clear();
                bytes = 0;
            }
            names.add(name);
            bytes += more;
        }
        return sql.append(delete)
                .append(String.join(", ", names))
                .append(");\n")
                .toString();
    }

    private static TableName target(String table) {
        return TableName.of(table)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + table + "' is not a table's name; write schema.table in the feed's 'table'"));
    }
}
