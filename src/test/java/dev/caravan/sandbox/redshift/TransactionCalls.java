package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.faults.Call;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session's statements as calls. That of a COMMIT says what is committed, since its own text doesn't. */
final class TransactionCalls {
    private static final Pattern OPERATION =
            Pattern.compile("^\\s*((?:create|drop|alter)\\s+\\w+|\\w*)", Pattern.CASE_INSENSITIVE);

    private final StringBuilder transaction = new StringBuilder();

    Call next(String sql) {
        Matcher matcher = OPERATION.matcher(sql);
        String operation =
                matcher.find() ? matcher.group(1).toUpperCase(Locale.ROOT).replaceAll("\\s+", " ") : "";
        String text = sql;
        switch (operation) {
            case "BEGIN", "ROLLBACK" -> transaction.setLength(0);
            case "COMMIT" -> {
                text = sql + " of " + transaction;
                transaction.setLength(0);
            }
            default -> transaction.append(sql).append(";\n");
        }
        return Call.of("redshift", operation, "redshift " + operation, text);
    }
}
