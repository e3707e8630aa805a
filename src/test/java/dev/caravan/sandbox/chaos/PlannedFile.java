package dev.caravan.sandbox.chaos;

import java.time.Duration;

/**
 * A file to upload.
 *
 * @param at when, from the beginning of the load
 * @param name its last part of the key, unlike any other's; each of its rows carries it
 */
record PlannedFile(Duration at, ChaosFeed feed, String name, int rows, Kind kind) {
    enum Kind {
        GOOD,
        /** Its last row has letters where a number must be. */
        BAD_ROW,
        /** It is deleted as soon as it is there. */
        DELETED
    }

    String key() {
        return feed.prefix() + name;
    }

    String url(String bucket) {
        return "s3://" + bucket + "/" + key();
    }

    String content() {
        StringBuilder lines = new StringBuilder();
        for (int row = 1; row <= rows; row++) {
            String number = kind == Kind.BAD_ROW && row == rows ? feed.json() ? "\"three\"" : "three" : "" + row;
            lines.append(
                    feed.json()
                            ? "{\"file\": \"%s\", \"row_no\": %s, \"note\": \"row %d\"}\n".formatted(name, number, row)
                            : "%s,%s,row %d\n".formatted(name, number, row));
        }
        return lines.toString();
    }
}
