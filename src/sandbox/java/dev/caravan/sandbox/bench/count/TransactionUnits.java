package dev.caravan.sandbox.bench.count;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * What a TransactWriteItems uses up at AWS: two units for each item and KB begun, and one for the index. DynamoDB Local says 4 for each table,
 * however many items are written to it. An item that is updated, deleted or checked counts as 1 KB at most: the request doesn't say how large it
 * is.
 */
final class TransactionUnits {
    private static final int BYTES_OF_A_UNIT = 1024;
    private static final int UNITS = 2;
    /** Its attribute is the hash key of the ledger's index: a new item that has it is written to the index as well. */
    private static final String INDEX_KEY = "phase";

    private TransactionUnits() {}

    /** @param request the body of a TransactWriteItems */
    static double of(JsonNode request) {
        double units = 0;
        for (JsonNode write : request.path("TransactItems")) {
            JsonNode item = write.path("Put").path("Item");
            long kilobytes = Math.max(1, (size(item) + BYTES_OF_A_UNIT - 1) / BYTES_OF_A_UNIT);
            units += UNITS * kilobytes + (item.has(INDEX_KEY) ? 1 : 0);
        }
        return units;
    }

    /** Bytes of the names and values, as "DynamoDB item sizes and formats" in its developer guide counts them. */
    static long size(JsonNode item) {
        long size = 0;
        for (var field : item.properties()) {
            size += bytes(field.getKey()) + valueSize(field.getValue());
        }
        return size;
    }

    private static long valueSize(JsonNode value) {
        if (value.has("S")) {
            return bytes(value.path("S").asText());
        }
        if (value.has("N")) {
            return 2L + value.path("N").asText().length() / 2;
        }
        long size = 1;
        if (value.has("M")) {
            size += 2L + value.path("M").size() + size(value.path("M"));
        }
        for (JsonNode element : value.path("L")) {
            size += 1 + valueSize(element);
        }
        return size;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
