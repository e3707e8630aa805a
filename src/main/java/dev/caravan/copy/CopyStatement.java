package dev.caravan.copy;

import dev.caravan.batch.Batch;
import dev.caravan.feed.CopyFormat;
import dev.caravan.feed.Feed;
import dev.caravan.feed.TableName;
import dev.caravan.feed.WriteMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** The attempt's beginning is measured here, its errors' time there; STL and SYS views keep whole seconds at worst. */
    static final int CLOCK_SLACK_SECONDS = 2;

    /** The length in bytes of {@code sys_load_error_detail.file_name}. */
    private static final int FILE_NAME = 256;

    private final String schema;
    private final HiddenSecrets secrets;

    /**
     * For loads and trials; their secrets are hidden.
     *
     * @param schema the schema of the ledger tables, for example {@code caravan}; created on first use
     * @param secrets those that the clusters' pools reveal
     */
    public CopyStatement(String schema, HiddenSecrets secrets) {
        this.schema = SqlText.identifier(schema);
        this.secrets = secrets;
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

    /** Creates the schema and the feed's ledger table unless they are there. Not part of a load: two of these at once may conflict, and pass. */
    public String prepare(Feed feed) {
        return """
                CREATE SCHEMA IF NOT EXISTS %s;
                CREATE TABLE IF NOT EXISTS %s (
                  "batch" VARCHAR(128) NOT NULL,
                  "files" BIGINT NOT NULL,
                  "bytes" BIGINT NOT NULL,
                  "rows" BIGINT NOT NULL,
                  "manifest" VARCHAR(2048) NOT NULL,
                  "loaded_at" TIMESTAMP NOT NULL DEFAULT getdate()
                )""".formatted(schema, ledgerTable(feed.table()));
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
    public String load(Feed feed, Batch batch, CopySource source, List<String> replaced) {
        String table = targetTable(feed);
        var sql = new StringBuilder(guard(feed, batch));
        sql.append(addColumns(table, source));
        hook(sql, feed.preSql());
        if (feed.writeMode() == WriteMode.REPLACE) {
            sql.append("DELETE FROM ").append(table).append(";\n");
        } else {
            sql.append(delete(feed, replaced));
        }
        sql.append(copied(feed, table, source));
        if (feed.isStaged()) {
            sql.append(note(feed, batch, source, Staging.COUNT)).append(Staging.END);
        } else {
            sql.append(note(feed, batch, source, "pg_last_copy_count()"));
        }
        return sql.toString();
    }

    /** Notes a batch all of whose files are superseded, once: a body that fails as that of {@link #load} does. */
    public String nothing(Feed feed, Batch batch) {
        return guard(feed, batch) + note(feed, batch, CopySource.of(batch.manifest()), "0");
    }

    private String guard(Feed feed, Batch batch) {
        return """
                LOCK %1$s;
                SELECT CAST('%2$s' || MAX("batch") AS INT) FROM %1$s WHERE "batch" = %3$s;
                """.formatted(ledgerTable(feed.table()), Mark.LOADED.text(), SqlText.literal(batch.id()));
    }

    private String copied(Feed feed, String table, CopySource source) {
        var sql = new StringBuilder();
        if (feed.isStaged()) {
            sql.append(
                    new Staging(feed, table, source).fill((stage, manifest) -> copy(feed, stage, List.of(), manifest)));
        } else {
            sql.append(copy(feed, table, feed.columns(), source.manifestUrl())).append(";\n");
        }
        hook(sql, feed.postSql());
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

    private String note(Feed feed, Batch batch, CopySource source, String rows) {
        return """
                INSERT INTO %s ("batch", "files", "bytes", "rows", "manifest")
                SELECT %s, %d, %d, %s, %s""".formatted(
                        ledgerTable(feed.table()),
                        SqlText.literal(batch.id()),
                        batch.files(),
                        batch.bytes(),
                        rows,
                        SqlText.literal(source.manifestUrl()));
    }

    /** Selects nothing of the feed's table: its columns are in the answer's header. */
    public String tableColumns(Feed feed) {
        return "SELECT * FROM " + targetTable(feed) + " WHERE 1 = 0";
    }

    /**
     * Loads a manifest's files, deletions apart, and takes it back: a body that always fails, with {@link Mark#READABLE} if the cluster can load all of
     * them. NOLOAD would be for that, but columnar formats don't take it, and it knows nothing of the feed's SQL.
     */
    public String trial(Feed feed, CopySource source) {
        return trial(feed, source, copied(feed, targetTable(feed), source));
    }

    /** The same of all but the files: what fails here is no file's fault. */
    public String trialWithoutFiles(Feed feed, CopySource source) {
        String nothing = feed.isStaged()
                ? new Staging(feed, targetTable(feed), source).fill((stage, manifest) -> "SELECT 1")
                : "";
        var sql = new StringBuilder(nothing);
        hook(sql, feed.postSql());
        return trial(feed, source, sql.toString());
    }

    private String trial(Feed feed, CopySource source, String copied) {
        var sql = new StringBuilder("LOCK " + ledgerTable(feed.table()) + ";\n");
        sql.append(addColumns(targetTable(feed), source));
        hook(sql, feed.preSql());
        sql.append(copied);
        return sql.append("SELECT CAST('%s' || CAST(count(*) AS VARCHAR) AS INT) FROM %s"
                        .formatted(Mark.READABLE.text(), ledgerTable(feed.table())))
                .toString();
    }

    /**
     * Reads a manifest's files as a load would: a body that always fails, with {@link Mark#READABLE} if the cluster can read them, so that nothing
     * of it stays. NOLOAD alone would not do: columnar formats don't take it.
     */
    public String rehearsal(Feed feed, CopySource source) {
        return noload(feed, source) + ";\nSELECT CAST('" + Mark.READABLE.text()
                + "' || CAST(count(*) AS VARCHAR) AS INT) FROM (SELECT 1) AS one";
    }

    String noload(Feed feed, CopySource source) {
        List<String> columns = feed.isStaged() ? source.loaded(feed) : feed.columns();
        return copy(feed, targetTable(feed), columns, source.manifestUrl())
                + (feed.format().kind().isColumnar() ? "" : "\nNOLOAD");
    }

    /** Creates the schema of the ledger tables unless it is there. */
    public String createSchema() {
        return "CREATE SCHEMA IF NOT EXISTS " + schema;
    }

    /** Selects {@code batch} of the feed's batches that the cluster holds, in the order of ids: at most {@code most} from one id to before another. */
    public String batches(Feed feed, String from, String to, int most) {
        return "SELECT \"batch\" FROM " + ledgerTable(feed.table()) + " WHERE LEFT(\"batch\", "
                + (feed.name().length() + 1) + ") = " + SqlText.literal(feed.name() + "-") + " AND \"batch\" >= "
                + SqlText.literal(from) + " AND \"batch\" < " + SqlText.literal(to) + " ORDER BY \"batch\" LIMIT "
                + most;
    }

    /** The feed's table, quoted, for example {@code "public"."web_log"}. */
    public static String targetTable(Feed feed) {
        return SqlText.identifiers(target(feed.table()).parts(), ".");
    }

    /** Selects {@code rows, manifest} of the batch: one row if the cluster holds it, none if not. The truth after a failure whose outcome is unknown. */
    public String loaded(Feed feed, Batch batch) {
        return "SELECT \"rows\", \"manifest\" FROM " + ledgerTable(feed.table()) + " WHERE \"batch\" = "
                + SqlText.literal(batch.id());
    }

    /**
     * Selects the newest 100 load errors of files under the feed's prefix: {@code query, file_name, line_number, column_name, error_code, error_message,
     * raw_value}. STL_LOAD_ERRORS, which isn't there on Serverless, has them as soon as COPY has failed, and alone has the value that stood there. It
     * keeps a file's URL to 256 bytes.
     *
     * @param since how long ago the attempt began: what is older belongs to another
     */
    public String stlErrors(Feed feed, Duration since) {
        return """
                SELECT query, RTRIM(filename) AS file_name, line_number, RTRIM(colname) AS column_name,
                  err_code AS error_code, RTRIM(err_reason) AS error_message, RTRIM(raw_field_value) AS raw_value
                FROM stl_load_errors
                WHERE %s AND starttime >= getdate() - INTERVAL '%d seconds'
                ORDER BY starttime DESC, query DESC, filename, line_number
                LIMIT 100""".formatted(underPrefix("filename", feed), since.toSeconds() + CLOCK_SLACK_SECONDS);
    }

    /** Selects the same of SYS_LOAD_ERROR_DETAIL, which Serverless has as well; but it may come later, and without the value. */
    public String sysErrors(Feed feed, Duration since) {
        return """
                SELECT query_id AS query, RTRIM(file_name) AS file_name, line_number, RTRIM(column_name) AS column_name,
                  error_code, RTRIM(error_message) AS error_message
                FROM sys_load_error_detail
                WHERE %s AND start_time >= getdate() - INTERVAL '%d seconds'
                ORDER BY start_time DESC, query_id DESC, file_name, line_number
                LIMIT 100""".formatted(underPrefix("file_name", feed), since.toSeconds() + CLOCK_SLACK_SECONDS);
    }

    static String underPrefix(String column, Feed feed) {
        String url = fileName("s3://" + feed.bucket() + "/" + feed.keyPrefix());
        return "LEFT(" + column + ", " + url.codePointCount(0, url.length()) + ") = " + SqlText.literal(url);
    }

    private static String delete(Feed feed, List<String> urls) {
        if (urls.isEmpty()) {
            return "";
        }
        String column = SqlText.identifier(feed.fileColumn()
                .orElseThrow(() -> new IllegalArgumentException(
                        "feed '" + feed.name() + "' replaces files' rows but has no fileColumn; add it")));
        var sql = new StringBuilder();
        String delete = "DELETE FROM " + targetTable(feed) + " WHERE " + column + " IN (";
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

    private String copy(Feed feed, String table, List<String> columns, String manifestUrl) {
        var sql = new StringBuilder("COPY ").append(table);
        if (!columns.isEmpty()) {
            sql.append(" (").append(SqlText.identifiers(columns, ", ")).append(')');
        }
        sql.append("\nFROM ").append(SqlText.literal(manifestUrl));
        sql.append('\n').append(credentials(feed));
        sql.append("\nMANIFEST");
        feed.masterSymmetricKey()
                .ifPresent(key -> sql.append("\nMASTER_SYMMETRIC_KEY ")
                        .append(SqlText.literal(secrets.hide(key)))
                        .append(" ENCRYPTED"));
        String format = format(feed.format());
        if (!format.isEmpty()) {
            sql.append('\n').append(format);
        }
        if (!feed.copyOptions().isEmpty()) {
            sql.append('\n').append(feed.copyOptions());
        }
        return sql.toString();
    }

    private static String format(CopyFormat format) {
        return switch (format.kind()) {
            case CSV -> "FORMAT AS CSV";
            case DELIMITED -> "";
            case FIXEDWIDTH -> "FIXEDWIDTH " + SqlText.literal(format.argument());
            case JSON, AVRO -> "FORMAT AS " + format.kind() + " " + SqlText.literal(format.argument());
            case PARQUET, ORC -> "FORMAT AS " + format.kind();
        };
    }

    /** Columnar formats take keys as CREDENTIALS only. */
    private String credentials(Feed feed) {
        return switch (feed.copyCredentials()) {
            case ROLE -> "IAM_ROLE " + role(feed);
            case SESSION -> "CREDENTIALS " + SqlText.literal(secrets.session());
            case KEYS -> "CREDENTIALS " + SqlText.literal(secrets.hide(keys(feed)));
        };
    }

    private static HiddenSecrets.Keys keys(Feed feed) {
        if (feed.accessKeyId().isEmpty() || feed.secretAccessKey().isEmpty()) {
            throw new IllegalArgumentException("feed '" + feed.name()
                    + "' has no accessKeyId or no secretAccessKey; set them, or another copyCredentials");
        }
        return new HiddenSecrets.Keys(
                feed.accessKeyId().get(), feed.secretAccessKey().get(), Optional.empty());
    }

    private static String role(Feed feed) {
        String role = feed.iamRole()
                .orElseThrow(() -> new IllegalArgumentException(
                        "feed '" + feed.name() + "' has no iamRole; set it there or in caravan.iam-role"));
        return role.equals("default") ? role : SqlText.literal(role);
    }

    private static TableName target(String table) {
        return TableName.of(table)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + table + "' is not a table's name; write schema.table in the feed's 'table'"));
    }

    /** A file's URL as load-error views keep it: 256 bytes of it at most. */
    public static String fileName(String url) {
        int end = url.length();
        while (url.substring(0, end).getBytes(StandardCharsets.UTF_8).length > FILE_NAME) {
            end = url.offsetByCodePoints(end, -1);
        }
        return url.substring(0, end);
    }
}
