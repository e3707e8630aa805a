package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.copy.CopyCommand;
import dev.caravan.sandbox.redshift.sql.Dialect;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a client's statement means to the gateway. */
interface Statement {
    Pattern TRUNCATE = Pattern.compile("(?is)^(\\s|--[^\\n]*\\n|/\\*.*?\\*/)*truncate\\b.*");
    Pattern UNLOAD = Pattern.compile("(?is)^\\s*unload\\s*\\(.*");

    /** As the client wrote it: fault rules match this. */
    String text();

    /**
     * PostgreSQL runs it.
     *
     * @param sql as PostgreSQL understands it
     */
    record Relayed(String text, String sql) implements Statement {
        /** Redshift's TRUNCATE commits the transaction that it runs in. */
        boolean commits() {
            return TRUNCATE.matcher(text).matches();
        }
    }

    /** The gateway runs it. */
    record Copy(String text, CopyCommand command) implements Statement {}

    /** Fails when it is executed. */
    record Refused(String text, ServerError error) implements Statement {}

    static Statement of(String sql) {
        try {
            if (UNLOAD.matcher(sql).matches()) {
                throw ServerError.of("0A000", "UNLOAD is not supported by the sandbox's Redshift");
            }
            Optional<CopyCommand> copy = CopyCommand.parse(sql);
            return copy.isPresent() ? new Copy(sql, copy.get()) : new Relayed(sql, Dialect.rewrite(sql));
        } catch (ServerError e) {
            return new Refused(sql, e);
        }
    }

    /** Whether it may go to PostgreSQL as it came. */
    default boolean isPlain() {
        return this instanceof Relayed relayed && relayed.sql().equals(relayed.text()) && !relayed.commits();
    }
}
