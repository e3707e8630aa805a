package dev.caravan.migrate.draft;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names for beans of letters, digits and underscores, no two alike. */
public final class BeanNames {
    private static final int LONGEST = 60;

    private final Set<String> taken = new HashSet<>();

    /** @param taken names that others have */
    public BeanNames(Set<String> taken) {
        taken.forEach(name -> this.taken.add(plain(name)));
    }

    /**
     * For example {@code shop_prod}, or {@code shop_prod_crm} if that is taken.
     *
     * @param what it is named after
     * @param apart what tells it from another of that name
     */
    public String of(String what, String apart) {
        String first = word(what);
        String name = taken.contains(plain(first)) ? cut(first + "_" + word(apart)) : first;
        for (int i = 2; !taken.add(plain(name)); i++) {
            name = first + "_" + i;
        }
        return name;
    }

    /** Environment variables are named after them, in capitals. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String word(String text) {
        String word = text.replaceAll("[^A-Za-z0-9_]", "_");
        String named = word.isEmpty() || Character.isDigit(word.charAt(0)) ? "db_" + word : word;
        return cut(named);
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(LONGEST, name.length()));
    }
}
