package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.sql.Names;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a session knows of its client's statements: those that are prepared, and what later ones depend on. */
final class Remembered {
    private static final Pattern BEGIN = Pattern.compile("(?is)^\\s*(begin|start\\s+transaction)\\b.*");
    private static final Pattern BLOCK =
            Pattern.compile("(?is)^\\s*(begin|start\\s+transaction|commit|end|rollback|abort)\\b.*");

    private final Quirks quirks;
    private final Map<String, Statement> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();
    private boolean inBlock;
    private boolean hasDdl;
    private Optional<Boolean> caseSensitive = Optional.empty();

    Remembered(Quirks quirks) {
        this.quirks = quirks;
    }

    /** A statement, understood as the session's settings want it. */
    Statement statement(String sql) {
        return Statement.of(sql, quirks, isCaseSensitive());
    }

    Statement prepared(String name, String sql) {
        Statement statement = statement(sql);
        statements.put(name, statement);
        return statement;
    }

    void bound(String portal, String statement) {
        portals.put(portal, statement);
    }

    void forget(String statement) {
        statements.remove(statement);
    }

    /** The name of the statement that a portal executes. */
    Optional<String> ofPortal(String portal) {
        return Optional.ofNullable(portals.get(portal));
    }

    /** The statement that a portal executes; an empty one if there is none. */
    Statement inPortal(String portal) {
        return statements.getOrDefault(ofPortal(portal).orElse(""), new Statement.Relayed("", ""));
    }

    /** Whether the gateway runs that statement itself. */
    boolean isOwn(String statement) {
        return statements.containsKey(statement) && !(statements.get(statement) instanceof Statement.Relayed);
    }

    /** Whether the transaction block has changed the catalog. */
    boolean hasDdl() {
        return hasDdl;
    }

    private boolean isCaseSensitive() {
        return caseSensitive.orElseGet(() -> quirks.has(Quirk.CASE_SENSITIVE));
    }

    /** What later statements depend on. */
    void note(Statement statement) {
        String text = statement.text();
        boolean now = Names.caseSensitive(text, isCaseSensitive(), quirks.has(Quirk.CASE_SENSITIVE));
        if (now != isCaseSensitive()) {
            caseSensitive = Optional.of(now);
        }
        if (BLOCK.matcher(text).matches()) {
            inBlock = BEGIN.matcher(text).matches();
            hasDdl = false;
        } else if (inBlock && statement instanceof Statement.Relayed relayed) {
            hasDdl |= relayed.isDdl();
        }
    }
}
