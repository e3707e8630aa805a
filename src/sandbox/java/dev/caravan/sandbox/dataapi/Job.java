package dev.caravan.sandbox.dataapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A statement, or a batch of them, and what has become of it. */
final class Job {
    private final String id = UUID.randomUUID().toString();
    private final List<String> statements;
    private final boolean batch;
    private final String session;
    private String status = "SUBMITTED";
    private String error = "";
    private int done;
    private Optional<Statement> running = Optional.empty();
    private boolean cancelled;
    private Optional<Answer> answer = Optional.empty();

    /** A result. */
    record Answer(ArrayNode columns, List<JsonNode> rows) {}

    /** @param session its id; empty if it has a connection of its own */
    Job(List<String> statements, boolean batch, String session) {
        this.statements = statements;
        this.batch = batch;
        this.session = session;
    }

    String id() {
        return id;
    }

    String session() {
        return session;
    }

    synchronized Optional<Answer> answer() {
        return answer;
    }

    /**
     * Runs to its end; a batch as one transaction.
     *
     * @param ended is run before anybody can see the end
     */
    void run(Connection connection, Runnable ended) {
        tell("STARTED", "");
        String why = "";
        try (Statement statement = connection.createStatement()) {
            runs(Optional.of(statement));
            if (batch) {
                connection.setAutoCommit(false);
            }
            for (String sql : statements) {
                boolean rows = statement.execute(sql);
                note(rows && !batch ? Optional.of(read(statement.getResultSet())) : Optional.empty());
            }
            if (batch) {
                connection.commit();
            }
        } catch (SQLException e) {
            why = String.valueOf(e.getMessage());
        }
        runs(Optional.empty());
        ended.run();
        tell(why.isEmpty() ? "FINISHED" : cancelled ? "ABORTED" : "FAILED", why);
    }

    private synchronized void runs(Optional<Statement> statement) {
        running = statement;
    }

    /** Only what runs can be cancelled ("CancelStatement" in the Data API's reference); of the rest it says in these words that it can't. */
    synchronized void cancel() {
        if (running.isEmpty()) {
            throw DataApiError.invalid(
                    "Could not cancel a query that is already in " + status + " state with ID: " + id);
        }
        try {
            cancelled = true;
            running.get().cancel();
        } catch (SQLException e) {
            throw DataApiError.invalid("Could not cancel: " + e.getMessage());
        }
    }

    void fail(SQLException e) {
        tell("FAILED", String.valueOf(e.getMessage()));
    }

    private synchronized void tell(String now, String why) {
        status = now;
        error = why;
    }

    private synchronized void note(Optional<Answer> rows) {
        done++;
        answer = rows;
    }

    synchronized ObjectNode describe() {
        ObjectNode told = JsonNodeFactory.instance.objectNode().put("Id", id).put("Status", status);
        told.put("HasResultSet", answer.isPresent());
        if (!session.isEmpty()) {
            told.put("SessionId", session);
        }
        boolean failed = status.equals("FAILED");
        if (failed) {
            told.put(
                    "Error",
                    batch && done < statements.size() ? "Query #" + (done + 1) + " failed with " + error : error);
        }
        if (batch) {
            ArrayNode subs = told.putArray("SubStatements");
            for (int i = 0; i < statements.size(); i++) {
                ObjectNode sub = subs.addObject().put("Id", id + ":" + (i + 1));
                sub.put("Status", i < done ? "FINISHED" : failed ? (i == done ? "FAILED" : "ABORTED") : "SUBMITTED");
                if (failed && i >= done) {
                    sub.put("Error", i == done ? error : "Connection or an prior query failed.");
                }
            }
        }
        return told;
    }

    private static Answer read(ResultSet rows) throws SQLException {
        ResultSetMetaData of = rows.getMetaData();
        ArrayNode columns = JsonNodeFactory.instance.arrayNode();
        for (int i = 1; i <= of.getColumnCount(); i++) {
            columns.addObject()
                    .put("label", of.getColumnLabel(i))
                    .put("name", of.getColumnName(i))
                    .put("typeName", of.getColumnTypeName(i));
        }
        List<JsonNode> read = new ArrayList<>();
        while (rows.next()) {
            ArrayNode row = JsonNodeFactory.instance.arrayNode();
            for (int i = 1; i <= of.getColumnCount(); i++) {
                field(row.addObject(), rows, i, of.getColumnType(i));
            }
            read.add(row);
        }
        rows.close();
        return new Answer(columns, read);
    }

    private static void field(ObjectNode field, ResultSet rows, int column, int type) throws SQLException {
        String text = rows.getString(column);
        if (text == null) {
            field.put("isNull", true);
            return;
        }
        switch (type) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> field.put("longValue", rows.getLong(column));
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> field.put("doubleValue", rows.getDouble(column));
            case Types.BOOLEAN, Types.BIT -> field.put("booleanValue", rows.getBoolean(column));
            default -> field.put("stringValue", text);
        }
    }
}
