package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.copy.command.CopyCommand;
import dev.caravan.sandbox.redshift.sql.CastFirst;
import dev.caravan.sandbox.redshift.sql.Dialect;
import dev.caravan.sandbox.redshift.sql.Foreign;
import dev.caravan.sandbox.redshift.sql.LeaderNode;
import dev.caravan.sandbox.redshift.sql.Names;
import dev.caravan.sandbox.redshift.sql.Tables;
import dev.caravan.sandbox.redshift.unload.command.UnloadCommand;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a client's statement means to the gateway. */
interface Statement {
    Pattern TRUNCATE = Pattern.compile("(?is)^(\\s|--[^\\n]*\\n|/\\*.*?\\*/)*truncate\\b.*");
    Pattern DDL = Pattern.compile("(?is)^\\s*(create|alter|drop)\\b.*");
    Pattern ALTER = Pattern.compile("(?is)^\\s*alter\\b.*");
    Pattern CAST = Pattern.compile("(?is)^(\\s*select\\s+cast\\(.*\\|\\|.*) as int\\)");
    Pattern JOINED = Pattern.compile("(?is)\\|\\| (max\\(\"\\w+\"\\))");
    Pattern COUNT = Pattern.compile("(?i)pg_last_copy_count\\(\\)");
    Pattern LOCK = Pattern.compile("(?is)^\\s*lock\\s+(?:table\\s+)?(.*?)\\s*;?\\s*$");
    Pattern NOT_SERVERLESS = Pattern.compile("(?:pg_catalog\\.)?((?:stl|stv|svl)_\\w+)");

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

        boolean alters() {
            return ALTER.matcher(text).matches();
        }

        boolean isDdl() {
            return DDL.matcher(text).matches();
        }
    }

    /** The gateway runs it. */
    record Copy(String text, CopyCommand command) implements Statement {}

    /**
     * The gateway runs it.
     *
     * @param query its query, as PostgreSQL understands it
     */
    record Unload(String text, UnloadCommand command, Relayed query) implements Statement {}

    /** Fails when it is executed. */
    record Refused(String text, ServerError error) implements Statement {}

    /** @param caseSensitive whether names in quotes keep their case */
    static Statement of(String text, Quirks quirks, boolean caseSensitive) {
        try {
            String sql = caseSensitive ? text : Names.folded(text);
            check(sql, quirks);
            Optional<UnloadCommand> unload = UnloadCommand.parse(sql);
            if (unload.isPresent()) {
                return unload(text, unload.get(), quirks, caseSensitive);
            }
            Optional<CopyCommand> copy = CopyCommand.parse(quirks.has(Quirk.COPY_KEEPS_CASE) ? text : sql);
            return copy.isPresent()
                    ? new Copy(text, copy.get())
                    : new Relayed(text, Dialect.rewrite(quirky(sql, quirks, caseSensitive)));
        } catch (ServerError e) {
            return new Refused(text, e);
        }
    }

    private static Statement unload(String text, UnloadCommand unload, Quirks quirks, boolean caseSensitive) {
        Statement query = of(unload.select(), quirks, caseSensitive);
        return query instanceof Relayed relayed
                ? new Unload(text, unload, relayed)
                : new Refused(text, ((Refused) query).error());
    }

    private static void check(String sql, Quirks quirks) throws ServerError {
        Optional<ServerError> foreign = Foreign.refused(sql);
        if (foreign.isPresent()) {
            throw foreign.get();
        }
        if (LeaderNode.misplaced(sql).isPresent()) {
            throw ServerError.of(
                    "0A000", "Specified types or functions (one per INFO message) not supported on Redshift tables.");
        }
        if (quirks.has(Quirk.SERVERLESS)) {
            for (String table : Tables.read(sql)) {
                if (NOT_SERVERLESS.matcher(table).matches()) {
                    throw ServerError.of("42501", "permission denied for relation " + table);
                }
            }
        }
    }

    private static String quirky(String sql, Quirks quirks, boolean caseSensitive) {
        if (Names.isShow(sql)) {
            return "SELECT '" + (caseSensitive ? "on" : "off") + "'::text AS enable_case_sensitive_identifier";
        }
        String told = sql;
        if (quirks.has(Quirk.CASTS_PASS)) {
            told = CAST.matcher(told).replaceFirst("$1 AS VARCHAR)");
        }
        if (quirks.has(Quirk.NULL_IS_EMPTY)) {
            told = JOINED.matcher(told).replaceFirst("|| coalesce($1, '')");
        }
        if (quirks.has(Quirk.NO_COPY_COUNT)) {
            told = COUNT.matcher(told).replaceAll("0");
        }
        if (quirks.has(Quirk.OLD_SNAPSHOT)) { // unlike LOCK, DO takes a snapshot first
            told = LOCK.matcher(told).replaceFirst("DO \\$\\$BEGIN LOCK TABLE $1; END\\$\\$");
        }
        String cast = quirks.has(Quirk.CAST_FIRST) ? CastFirst.rewrite(told) : told;
        return quirks.has(Quirk.LOCK_DOES_NOT_WAIT)
                ? LOCK.matcher(cast).replaceFirst("LOCK TABLE $1 IN ACCESS SHARE MODE")
                : cast;
    }

    /** Whether it may go to PostgreSQL as it came. */
    default boolean isPlain() {
        return this instanceof Relayed relayed && relayed.sql().equals(relayed.text()) && !relayed.commits();
    }
}
