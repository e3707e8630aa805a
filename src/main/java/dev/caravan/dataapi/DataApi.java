package dev.caravan.dataapi;

import dev.caravan.base.Quantity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.redshiftdata.model.ColumnMetadata;
import software.amazon.awssdk.services.redshiftdata.model.DescribeStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.Field;
import software.amazon.awssdk.services.redshiftdata.model.GetStatementResultResponse;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;
import software.amazon.awssdk.services.redshiftdata.model.SubStatementData;

/**
 * Runs bodies of SQL in one database, each as one transaction that is committed when {@link #run} returns. Every request bears a token of its own, by
 * which the service knows it again when the SDK repeats it because no answer came: it runs once.
 */
final class DataApi {
    /** The most that BatchExecuteStatement takes; more go through a session, one by one. */
    static final int MOST_IN_BATCH = 40;

    /** The longest statement, in bytes of UTF-8. */
    static final int LONGEST = 100_000;

    /** A session is ended, and its transaction rolled back, when nothing comes for so long: whoever died holds its locks no longer. */
    private static final int SESSION_IDLE_SECONDS = 60;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(DataApi.class);

    private final RedshiftDataClient client;
    private final Warehouse warehouse;
    private final Duration atMost;

    /** @param atMost the longest that a statement, or a batch of them, may take */
    DataApi(RedshiftDataClient client, Warehouse warehouse, Duration atMost) {
        this.client = client;
        this.warehouse = warehouse;
        this.atMost = atMost;
    }

    /** Runs statements, all or none; rows come back of a single one that has some. */
    Optional<Rows> run(List<String> statements) throws SQLException {
        for (String statement : statements) {
            int bytes = statement.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST) {
                throw new SQLException(
                        "a statement of %s is longer than the %,d that the Data API takes: shorten the feed's preSql, postSql, columns or copyOptions, or reach this cluster by JDBC"
                                .formatted(Quantity.count(bytes, "byte"), LONGEST),
                        "54000");
            }
        }
        if (statements.isEmpty()) {
            throw new SQLException("there is no statement to run", "42601");
        }
        if (statements.size() == 1) {
            return single(statements.get(0));
        }
        if (statements.size() <= MOST_IN_BATCH) {
            batch(statements);
        } else {
            session(statements);
        }
        return Optional.empty();
    }

    /**
     * Asks for a 1. Whether it comes is waited for as long as given; then it counts as coming.
     *
     * @throws SQLException if it doesn't
     */
    void probe(Duration patience) throws SQLException {
        await(submit("SELECT 1", in -> {}).id(), patience);
    }

    /** Whether a question is answered in time. */
    boolean answers(Duration patience) {
        try {
            return await(submit("SELECT 1", in -> {}).id(), patience).status() == StatusString.FINISHED;
        } catch (SQLException e) {
            return false;
        }
    }

    private Optional<Rows> single(String statement) throws SQLException {
        return answer(submit(statement, in -> {}).id());
    }

    private Optional<Rows> answer(String id) throws SQLException {
        return Boolean.TRUE.equals(await(id).hasResultSet()) ? Optional.of(rows(id)) : Optional.empty();
    }

    private void batch(List<String> statements) throws SQLException {
        String token = UUID.randomUUID().toString();
        String id = ask(() -> client.batchExecuteStatement(request -> {
                    request.sqls(statements).clientToken(token).database(warehouse.database());
                    warehouse.workgroup().ifPresent(request::workgroupName);
                    warehouse.cluster().ifPresent(request::clusterIdentifier);
                    warehouse.user().ifPresent(request::dbUser);
                    warehouse.secret().ifPresent(request::secretArn);
                }))
                .id();
        await(id);
    }

    /** Statement by statement in one session of the database, between a BEGIN and a COMMIT of our own, once it is shown that these hold. */
    private void session(List<String> statements) throws SQLException {
        ExecuteStatementResponse begun =
                submit("BEGIN", request -> request.sessionKeepAliveSeconds(SESSION_IDLE_SECONDS));
        String session = begun.sessionId();
        await(begun.id());
        try {
            new OneTransaction(statement -> answer(submit(session, statement)), statements.size()).prove();
            await(submit(session, "BEGIN"));
            for (String statement : statements) {
                await(submit(session, statement));
            }
            await(submit(session, "COMMIT"));
        } catch (SQLException e) {
            rollBack(session);
            throw e;
        }
    }

    /** Lets others have the locks before the session ends by itself. What a COMMIT did, it doesn't undo. */
    private void rollBack(String session) {
        try {
            submit(session, "ROLLBACK");
        } catch (SQLException e) {
            // Then the session's end does it. The reason why is on its way to the caller.
        }
    }

    private String submit(String session, String statement) throws SQLException {
        String token = UUID.randomUUID().toString();
        return ask(() -> client.executeStatement(
                        r -> r.sql(statement).clientToken(token).sessionId(session)))
                .id();
    }

    private ExecuteStatementResponse submit(String statement, Consumer<ExecuteStatementRequest.Builder> in)
            throws SQLException {
        String token = UUID.randomUUID().toString();
        return ask(() -> client.executeStatement(request -> {
            request.sql(statement).clientToken(token).database(warehouse.database());
            warehouse.workgroup().ifPresent(request::workgroupName);
            warehouse.cluster().ifPresent(request::clusterIdentifier);
            warehouse.user().ifPresent(request::dbUser);
            warehouse.secret().ifPresent(request::secretArn);
            in.accept(request);
        }));
    }

    private DescribeStatementResponse await(String id) throws SQLException {
        DescribeStatementResponse last = await(id, atMost);
        if (last.status() == StatusString.FINISHED) {
            return last;
        }
        cancel(id);
        throw new SQLException(
                "statement " + id + " of the Data API is " + last.statusAsString() + " after " + atMost.toSeconds()
                        + " s and was cancelled",
                "57014");
    }

    /** It may end well before it hears of that: then the cluster's ledger knows. */
    private void cancel(String id) {
        try {
            ask(() -> client.cancelStatement(r -> r.id(id)));
        } catch (SQLException e) {
            LOG.warn("Can't cancel statement {}: {}", id, e.getMessage());
        }
    }

    private DescribeStatementResponse await(String id, Duration patience) throws SQLException {
        long until = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            pause(pause, id);
            DescribeStatementResponse now = ask(() -> client.describeStatement(r -> r.id(id)));
            if (now.status() == StatusString.FAILED || now.status() == StatusString.ABORTED) {
                throw DataApiFailure.ofStatement(error(now));
            }
            if (now.status() == StatusString.FINISHED || System.nanoTime() - until > 0) {
                return now;
            }
            pause = pause.multipliedBy(3).dividedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
    }

    private static void pause(Duration pause, String id) throws SQLException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(
                    "interrupted while statement " + id + " of the Data API was running; it may still do its work",
                    DataApiFailure.UNKNOWN_OUTCOME);
        }
    }

    /** Of a batch, the statement's that failed: the others', and the batch's, only say that one did. */
    private static @Nullable String error(DescribeStatementResponse failed) {
        return failed.subStatements().stream()
                .filter(sub -> String.valueOf(sub.statusAsString()).equals("FAILED"))
                .map(SubStatementData::error)
                .filter(error -> error != null && !error.isBlank())
                .findFirst()
                .orElse(failed.error());
    }

    private Rows rows(String id) throws SQLException {
        return ask(() -> {
            List<String> columns = new ArrayList<>();
            List<List<@Nullable Object>> values = new ArrayList<>();
            for (GetStatementResultResponse page : client.getStatementResultPaginator(r -> r.id(id))) {
                if (columns.isEmpty()) {
                    page.columnMetadata().forEach(column -> columns.add(name(column)));
                }
                for (List<Field> fields : page.records()) {
                    List<@Nullable Object> row = new ArrayList<>();
                    for (int i = 0; i < fields.size(); i++) {
                        row.add(value(fields.get(i), page.columnMetadata().get(i)));
                    }
                    values.add(row);
                }
            }
            return new Rows(columns, values);
        });
    }

    private static String name(ColumnMetadata column) {
        return column.label() == null || column.label().isEmpty() ? String.valueOf(column.name()) : column.label();
    }

    private static @Nullable Object value(Field field, ColumnMetadata column) {
        return switch (field.type()) {
            case LONG_VALUE -> field.longValue();
            case DOUBLE_VALUE -> field.doubleValue();
            case BOOLEAN_VALUE -> field.booleanValue();
            case STRING_VALUE ->
                String.valueOf(column.typeName()).matches("numeric|decimal")
                        ? new BigDecimal(field.stringValue())
                        : field.stringValue();
            case BLOB_VALUE -> field.blobValue().asByteArray();
            case IS_NULL, UNKNOWN_TO_SDK_VERSION -> null;
        };
    }

    private static <T> T ask(Supplier<T> call) throws SQLException {
        try {
            return call.get();
        } catch (SdkException e) {
            throw DataApiFailure.ofRequest(e);
        }
    }
}
