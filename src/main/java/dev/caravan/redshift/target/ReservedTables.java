package dev.caravan.redshift.target;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables that no feed loads: Caravan's own, which say what was loaded, and the system's. Redshift folds names to lower case, quoted ones too
 * ("Names and identifiers" in its developer guide), so that case doesn't tell them apart here, whoever folds; nor do blanks at the ends.
 */
public final class ReservedTables {
    /** Besides those that begin with {@code pg_}. */
    private static final Set<String> SYSTEM_SCHEMAS = Set.of("information_schema", "catalog_history");

    /** "Types of system tables and views": found without a schema, before any table of the search path. */
    private static final Pattern BLANKS_AT_ENDS = Pattern.compile("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$");

    private static final Pattern SYSTEM_VIEW =
            Pattern.compile("(?:pg|stl|stll|stv|stcs|svcs|svl|svv|sys)_.*", Pattern.DOTALL);

    private final String own;

    /** @param own the schema of the ledger tables, as {@code caravan.cluster.schema} says it */
    public ReservedTables(String own) {
        this.own = own;
    }

    /** Why a schema isn't loaded into; empty if it may be. */
    public Optional<String> schema(String name) {
        return spellings(name)
                .map(spelling -> {
                    if (spellings(own).anyMatch(spelling::equals)) {
                        return "schema " + own + " is Caravan's own";
                    }
                    return spelling.startsWith("pg_") || SYSTEM_SCHEMAS.contains(spelling)
                            ? "schema " + spelling + " is the system's"
                            : "";
                })
                .filter(reason -> !reason.isEmpty())
                .findFirst();
    }

    /**
     * Why a table that a key names isn't loaded; empty if it may be. Where it has no schema the search path finds one: the system's comes first, and
     * {@code "$user"} may be Caravan's own, whose tables have a dot in their names.
     */
    public Optional<String> table(TableName table) {
        List<String> parts = table.parts();
        String last = parts.get(parts.size() - 1);
        if (parts.stream().anyMatch(part -> !part.equals(plain(part)))) {
            return Optional.of("a part begins or ends with a blank");
        }
        if (parts.size() > 1) {
            return schema(parts.get(0));
        }
        if (last.indexOf('.') >= 0) {
            return Optional.of("it has a dot and no schema");
        }
        return spellings(last)
                        .anyMatch(spelling -> SYSTEM_VIEW.matcher(spelling).matches())
                ? Optional.of("without a schema it is the system's")
                : Optional.empty();
    }

    /** Without blanks of any kind at its ends, such as the no-break space. */
    private static String plain(String name) {
        return BLANKS_AT_ENDS.matcher(name).replaceAll("");
    }

    /** What a name may become: folded as ASCII, as Unicode, and by way of capitals. */
    public static Stream<String> spellings(String name) {
        String plain = plain(name);
        return Stream.of(
                        ClusterNames.folded(plain),
                        plain.toLowerCase(Locale.ROOT),
                        plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))
                .distinct();
    }
}
