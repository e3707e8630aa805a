package dev.caravan.sandbox.chaos.tables;

import java.util.Locale;
import java.util.Random;

/** A table that is written to, and how it is synced: each mode of a sync has one. */
enum ChangingTable {
    /** Balances whose sum never changes; rows come and go with nothing in them. */
    ACCOUNTS("balance INT NOT NULL, owner VARCHAR(40)", "id, balance, owner", """
            mode: full
            maxDeletes: 100""") {
        @Override
        String change(Random random) {
            int id = random.nextInt(ROWS);
            return switch (random.nextInt(4)) {
                case 0 ->
                    "INSERT INTO accounts (id, balance, owner) VALUES (%d, 0, %s)"
                            .formatted(ROWS + random.nextInt(1_000_000_000), text(random));
                case 1 -> "DELETE FROM accounts WHERE id >= %d AND id %% 3 = %d".formatted(ROWS, random.nextInt(3));
                default -> {
                    int amount = random.nextInt(100);
                    yield "UPDATE accounts SET balance = balance + CASE WHEN id = %d THEN %d ELSE %d END WHERE id IN (%d, %d)"
                            .formatted(id, amount, -amount, id, (id + 1 + random.nextInt(ROWS - 1)) % ROWS);
                }
            };
        }
    },
    /** Rows that come, change and go, of which an incremental sync takes what has changed, and the keys of all. */
    ORDERS("state VARCHAR(10) NOT NULL, note VARCHAR(80)", "id, state, note", """
            mode: incremental
            watermark: updated_at
            overlap: 1s
            deletes: keys
            maxDeletes: 100""") {
        @Override
        String change(Random random) {
            return switch (random.nextInt(8)) {
                case 0, 1 ->
                    "INSERT INTO orders (id, state, note) VALUES (%d, 'new', %s)"
                            .formatted(ROWS + random.nextInt(1_000_000_000), text(random));
                case 2 -> "DELETE FROM orders WHERE id %% 97 = %d".formatted(random.nextInt(97));
                default ->
                    "UPDATE orders SET state = '%s', note = %s WHERE id %% 50 = %d"
                            .formatted(random.nextBoolean() ? "paid" : "sent", text(random), random.nextInt(50));
            };
        }
    },
    /** Rows that only come. */
    ENTRIES("line VARCHAR(80)", "id, line", """
            mode: incremental
            watermark: updated_at
            overlap: 1s
            writeMode: append""") {
        @Override
        String change(Random random) {
            return "INSERT INTO entries (id, line) VALUES (%d, %s)"
                    .formatted(ROWS + random.nextInt(1_000_000_000), text(random));
        }
    };

    /** That are there from the beginning, with ids from 0. */
    static final int ROWS = 300;

    private static final String[] TEXTS = {
        "''",
        "NULL",
        "'a, b'",
        "'it''s \"quoted\"'",
        "'two\nlines'",
        "'~null'",
        "'N'",
        "'山田 🎁'",
        "' blanks '",
        "'0000-00-00'"
    };

    private final String columns;
    private final String compared;
    private final String properties;

    ChangingTable(String columns, String compared, String properties) {
        this.columns = columns;
        this.compared = compared;
        this.properties = properties;
    }

    /** A statement that changes it. */
    abstract String change(Random random);

    /** Its name in the source, and in the clusters. */
    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    String columns() {
        return columns;
    }

    /** Selects what both sides have to have, in the order of ids. */
    String compared(String schema) {
        return "SELECT " + compared + " FROM " + schema + "." + table() + " ORDER BY id";
    }

    /** Of its sync, one a line. */
    String properties() {
        return properties;
    }

    private static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
