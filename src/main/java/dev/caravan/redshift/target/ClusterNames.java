package dev.caravan.redshift.target;

import dev.caravan.base.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Names of tables and columns as a cluster compares them: it folds ASCII's letters to lower case, also in names that stand in double quotes, unless
 * {@code enable_case_sensitive_identifier} is on ("Names and identifiers" in Redshift's developer guide).
 */
public final class ClusterNames {
    private ClusterNames() {}

    /** The name in lower case, as far as it is ASCII. */
    public static String folded(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    /** Which of a cluster's names is meant: the same one, for it may keep case, else the one that it folds to. */
    public static Optional<String> find(Collection<String> there, String name) {
        return there.contains(name)
                ? Optional.of(name)
                : there.stream()
                        .filter(other -> folded(other).equals(folded(name)))
                        .findFirst();
    }

    /** Those that a cluster's names don't have. */
    public static List<String> missing(Collection<String> there, Collection<String> names) {
        return names.stream().filter(name -> find(there, name).isEmpty()).toList();
    }

    /** Why a cluster has no such name, as the end of a sentence that begins with it; empty if it may have. */
    public static String unfit(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return name.isEmpty()
                ? "has no name"
                : name.chars().anyMatch(Character::isISOControl)
                        ? "has control characters"
                        : !StandardCharsets.UTF_8.newEncoder().canEncode(name)
                                ? "has half characters"
                                : bytes > TableName.LONGEST
                                        ? "has " + Quantity.count(bytes, "byte") + ": a name has " + TableName.LONGEST
                                                + " at most"
                                        : "";
    }
}
