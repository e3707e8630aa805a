package dev.caravan.redshift.copy;

import java.util.List;

/** Which of two rows is the later one by the columns of {@code orderBy}: the first of them that differs decides, and null is earlier than every value. */
final class Later {
    private Later() {}

    /** The condition that {@code one}'s row comes behind {@code other}'s; not that of equal ones. */
    static String of(List<String> columns, String one, String other) {
        String first = SqlText.identifier(columns.get(0));
        String a = one + "." + first;
        String b = other + "." + first;
        String later = a + " > " + b + " OR (" + b + " IS NULL AND " + a + " IS NOT NULL)";
        if (columns.size() == 1) {
            return "(" + later + ")";
        }
        return "(" + later + " OR ((" + a + " = " + b + " OR (" + a + " IS NULL AND " + b + " IS NULL)) AND "
                + of(columns.subList(1, columns.size()), one, other) + "))";
    }
}
