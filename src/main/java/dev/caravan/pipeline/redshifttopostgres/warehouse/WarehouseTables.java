package dev.caravan.pipeline.redshifttopostgres.warehouse;

import dev.caravan.redshift.copy.SqlText;
import dev.caravan.redshift.target.ClusterNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of a mirror's tables in Redshift, in the schema of the ledger tables: {@code state.companies.20261130t020000.000002} has the key and the hash of each row of a
 * snapshot; {@code difference.companies.20261130t020000.000002} has what to do to come to it. They are made whole and never changed. Their letters are small, for a cluster may fold them.
 */
public final class WarehouseTables {
    private static final String STATE = "state.", DIFFERENCE = "difference.";
    /** Of a mirror's name in its tables' names; a longer one is cut and ends in its hash. */
    private static final int LONGEST = 24, HASH = 8;

    private static final Pattern NAME = Pattern.compile("(?:state|difference)\\.(.+)\\.(\\d{8}t\\d{6}\\.\\d+[bk]?)");

    private final String schema;
    private final String mirror;

    /** @param schema without quotes */
    public WarehouseTables(String schema, String mirror) {
        this.schema = schema;
        this.mirror = cut(ClusterNames.folded(mirror));
    }

    private static String cut(String mirror) {
        return mirror.length() <= LONGEST
                ? mirror
                : mirror.substring(0, LONGEST - HASH - 1) + "-" + hash(mirror).substring(0, HASH);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Quoted. */
    public String state(String snapshot) {
        return quoted(STATE, snapshot);
    }

    /** Quoted. */
    public String difference(String snapshot) {
        return quoted(DIFFERENCE, snapshot);
    }

    private String quoted(String kind, String snapshot) {
        return SqlText.identifiers(List.of(schema, kind + mirror + "." + snapshot), ".");
    }

    /** Selects {@code name} of tables that may be the mirror's: those of a mirror whose name begins with this one's as well. */
    public String all() {
        return "SELECT c.relname AS \"name\" FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind = 'r' AND n.nspname = " + SqlText.literal(schema)
                + " AND (LEFT(c.relname, " + (STATE + mirror + ".").length() + ") = "
                + SqlText.literal(STATE + mirror + ".")
                + " OR LEFT(c.relname, " + (DIFFERENCE + mirror + ".").length() + ") = "
                + SqlText.literal(DIFFERENCE + mirror + ".") + ")";
    }

    /** The snapshot that a table is of, if it is this mirror's. */
    public Optional<String> snapshot(String name) {
        Matcher m = NAME.matcher(name);
        return m.matches() && m.group(1).equals(mirror) ? Optional.of(m.group(2)) : Optional.empty();
    }

    public boolean isState(String name) {
        return name.startsWith(STATE);
    }

    /** Removes one of {@link #all}. */
    public String drop(String name) {
        return "DROP TABLE IF EXISTS " + SqlText.identifiers(List.of(schema, name), ".");
    }
}
