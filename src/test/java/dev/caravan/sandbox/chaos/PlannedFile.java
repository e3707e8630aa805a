package dev.caravan.sandbox.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;

/**
 * A file to upload.
 *
 * @param at when, from the beginning of the load
 * @param name unlike any other's, part of its key; each of its rows carries it
 * @param words of a hostile producer, which stand in its key, and in its bad value if it has one; empty if its producer is none
 */
record PlannedFile(Duration at, ChaosFeed feed, String name, String words, int rows, Kind kind) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    enum Kind {
        GOOD,
        /** Its last row has letters where a number must be. */
        BAD_ROW,
        /** It is deleted as soon as it is there. */
        DELETED
    }

    String key() {
        return feed.prefix() + name + (words.isEmpty() ? "" : " " + words + ".x");
    }

    String url(String bucket) {
        return "s3://" + bucket + "/" + key();
    }

    String content() {
        StringBuilder lines = new StringBuilder();
        for (int row = 1; row <= rows; row++) {
            String number = kind == Kind.BAD_ROW && row == rows ? badValue() : "" + row;
            lines.append(
                    feed.json()
                            ? "{\"file\": \"%s\", \"row_no\": %s, \"note\": \"row %d\"}\n".formatted(name, number, row)
                            : "%s,%s,row %d\n".formatted(name, number, row));
        }
        return lines.toString();
    }

    private String badValue() {
        String text = words.isEmpty() ? "three" : words;
        try {
            return feed.json() ? JSON.writeValueAsString(text) : "\"" + text.replace("\"", "\"\"") + "\"";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isHostile() {
        return !words.isEmpty();
    }
}
