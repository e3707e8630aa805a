package dev.caravan.pipeline.redshifttopostgres.mirror;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns of Redshift go to which of PostgreSQL: {@code id, name=company_name} takes two, {@code *, name=company_name} all and renames one, {@code !note} all but
 * one.
 *
 * @param others whether columns that aren't named are taken, under their own names
 * @param out columns that are left out
 * @param named Redshift's to PostgreSQL's, in the order in which they are written
 */
public record ColumnPairs(boolean others, Set<String> out, Map<String, String> named) {
    static final ColumnPairs ALL = new ColumnPairs(true, Set.of(), Map.of());

    public ColumnPairs {
        out = Set.copyOf(out);
        named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    /** Empty if the text isn't that. */
    static Optional<ColumnPairs> of(String text) {
        boolean others = false;
        Set<String> out = new LinkedHashSet<>();
        Map<String, String> named = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            String one = part.strip();
            int equals = one.indexOf('=');
            String source = (equals < 0 ? one : one.substring(0, equals)).strip();
            String target = (equals < 0 ? one : one.substring(equals + 1)).strip();
            if (one.equals("*")) {
                others = true;
            } else if (one.startsWith("!") && one.length() > 1 && equals < 0) {
                out.add(one.substring(1).strip());
            } else if (source.isEmpty()
                    || target.isEmpty()
                    || source.startsWith("!")
                    || named.put(source, target) != null) {
                return Optional.empty();
            }
        }
        boolean clash =
                out.stream().anyMatch(named::containsKey) || new LinkedHashSet<>(named.values()).size() < named.size();
        return clash ? Optional.empty() : Optional.of(new ColumnPairs(others || named.isEmpty(), out, named));
    }
}
