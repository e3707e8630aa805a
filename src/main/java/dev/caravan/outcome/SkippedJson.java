package dev.caravan.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Skipped rows in JSON: {@code "skipped":{"rows":…,"files":…,"known":…,"first":[{"file":…,"line":…,…,"rows":…}]}}, if there is anything to say. */
public final class SkippedJson {
    private static final String FIELD = "skipped";

    private SkippedJson() {}

    /**
     * @param limit how many files are told
     * @param text cuts texts
     */
    public static void put(ObjectNode json, Skipped skipped, int limit, UnaryOperator<String> text) {
        if (skipped.isNone()) {
            return;
        }
        ObjectNode node = json.putObject(FIELD);
        node.put("rows", skipped.rows());
        node.put("files", skipped.files());
        node.put("known", skipped.isKnown());
        var first = node.putArray("first");
        skipped.first().stream().limit(limit).forEach(file -> {
            BadRow row = file.first();
            first.addObject()
                    .put("file", text.apply(row.file()))
                    .put("line", row.line())
                    .put("column", text.apply(row.column()))
                    .put("value", text.apply(row.value()))
                    .put("code", row.code())
                    .put("reason", text.apply(row.reason()))
                    .put("rows", file.rows());
        });
    }

    static Skipped read(JsonNode json) {
        JsonNode node = json.path(FIELD);
        if (node.isMissingNode()) {
            return Skipped.NONE;
        }
        List<Skipped.OfFile> first = new ArrayList<>();
        for (JsonNode file : node.path("first")) {
            first.add(new Skipped.OfFile(
                    OutcomeJson.badRow(file), file.path("rows").asLong()));
        }
        return new Skipped(
                node.path("rows").asLong(),
                node.path("files").asLong(),
                first,
                node.path("known").asBoolean(true));
    }
}
