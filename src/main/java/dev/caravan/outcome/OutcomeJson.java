package dev.caravan.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An outcome as the ledger keeps it: a JSON object of plain texts and numbers. Fields that a later version adds are passed over. */
public final class OutcomeJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DELETED = "deleted";

    private OutcomeJson() {}

    /** {@code {"status":"loaded","cluster":…,"at":…,"rows":…,"millis":…,"manifest":…}} or {@code {"status":"failed",…}}. */
    public static String write(Outcome outcome) {
        ObjectNode json = JSON.createObjectNode();
        json.put("status", status(outcome));
        json.put("cluster", outcome.cluster());
        json.put("at", outcome.at().toString());
        if (outcome instanceof Outcome.Loaded loaded) {
            json.put("rows", loaded.rows());
            json.put("millis", loaded.millis());
            json.put("manifest", loaded.manifest());
            putAdded(json, loaded);
            putDeleted(json, loaded);
            SkippedJson.put(json, loaded.skipped(), Integer.MAX_VALUE, text -> text);
        } else if (outcome instanceof Outcome.Failed failed) {
            json.put("reason", failed.reason());
            json.put("sqlState", failed.sqlState());
            var rows = json.putArray("badRows");
            failed.badRows().forEach(row -> put(rows.addObject(), row));
        }
        return json.toString();
    }

    /** @throws IllegalArgumentException if {@link #write} has not written the text */
    public static Outcome read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            String cluster = text(json, "cluster");
            Instant at = Instant.parse(text(json, "at"));
            return switch (text(json, "status")) {
                case "loaded" ->
                    new Outcome.Loaded(
                            cluster,
                            at,
                            number(json, "rows"),
                            number(json, "millis"),
                            text(json, "manifest"),
                            added(json),
                            SkippedJson.read(json),
                            json.path(DELETED).asLong());
                case "failed" ->
                    new Outcome.Failed(cluster, at, text(json, "reason"), text(json, "sqlState"), badRows(json));
                default -> throw new IllegalArgumentException("neither loaded nor failed: " + text);
            };
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("not an outcome: " + text, e);
        }
    }

    /** {@code {"file":…,"line":…,"column":…,"value":…,"code":…,"reason":…}}. */
    public static String write(BadRow row) {
        ObjectNode json = JSON.createObjectNode();
        put(json, row);
        return json.toString();
    }

    /** @throws IllegalArgumentException if {@link #write(BadRow)} has not written the text */
    public static BadRow readBadRow(String text) {
        try {
            return badRow(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a refused row: " + text, e);
        }
    }

    /** {@code "addedColumns":[{"column":…,"type":…}]}, if there are any. */
    public static void putAdded(ObjectNode json, Outcome.Loaded loaded) {
        if (!loaded.addedColumns().isEmpty()) {
            var columns = json.putArray("addedColumns");
            loaded.addedColumns()
                    .forEach(added ->
                            columns.addObject().put("column", added.column()).put("type", added.type()));
        }
    }

    /** {@code "deleted":3}, if there are any. */
    public static void putDeleted(ObjectNode json, Outcome.Loaded loaded) {
        if (loaded.deleted() > 0) {
            json.put(DELETED, loaded.deleted());
        }
    }

    private static List<AddedColumn> added(JsonNode json) {
        List<AddedColumn> columns = new ArrayList<>();
        for (JsonNode added : json.path("addedColumns")) {
            columns.add(new AddedColumn(text(added, "column"), text(added, "type")));
        }
        return columns;
    }

    /** {@code loaded} or {@code failed}. */
    public static String status(Outcome outcome) {
        return outcome instanceof Outcome.Loaded ? "loaded" : "failed";
    }

    private static void put(ObjectNode json, BadRow row) {
        json.put("file", row.file());
        json.put("line", row.line());
        json.put("column", row.column());
        json.put("value", row.value());
        json.put("code", row.code());
        json.put("reason", row.reason());
    }

    private static List<BadRow> badRows(JsonNode json) {
        List<BadRow> rows = new ArrayList<>();
        for (JsonNode row : json.path("badRows")) {
            rows.add(badRow(row));
        }
        return rows;
    }

    static BadRow badRow(JsonNode row) {
        return new BadRow(
                text(row, "file"),
                number(row, "line"),
                text(row, "column"),
                text(row, "value"),
                (int) number(row, "code"),
                text(row, "reason"));
    }

    private static String text(JsonNode json, String field) {
        if (!json.path(field).isTextual()) {
            throw new IllegalArgumentException("'" + field + "' is missing or not a text: " + json);
        }
        return json.path(field).asText();
    }

    private static long number(JsonNode json, String field) {
        if (!json.path(field).canConvertToLong()) {
            throw new IllegalArgumentException("'" + field + "' is missing or not a number: " + json);
        }
        return json.path(field).asLong();
    }
}
