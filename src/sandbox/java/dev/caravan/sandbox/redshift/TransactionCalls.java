package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.faults.Call;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session's statements as calls. That of a COMMIT says which changes it commits, since its own text doesn't. */
final class TransactionCalls {
    private static final Pattern OPERATION =
            Pattern.compile("^\\s*((?:create|drop|alter)\\s+\\w+|\\w*)", Pattern.CASE_INSENSITIVE);

    private final StringBuilder transaction = new StringBuilder();

    Call next(String sql) {
        Matcher matcher = OPERATION.matcher(sql);
        String operation =
                matcher.find() ? matcher.group(1).toUpperCase(Locale.ROOT).replaceAll("\\s+", " ") : "";
        if (operation.equals("BEGIN") || operation.equals("ROLLBACK")) {
            transaction.setLength(0);
        }
        boolean commits = operation.equals("COMMIT") && !transaction.isEmpty();
        Call call = Call.of("redshift", operation, "redshift " + operation, commits ? sql + " of " + transaction : sql);
        if (commits) {
            transaction.setLength(0);
        } else if (!call.isRead()) {
            transaction.append(sql).append(";\n");
        }
        return call;
    }
}
