package dev.caravan.redshift.evolution;

import dev.caravan.redshift.target.ClusterNames;
import java.util.List;

/** COPY fills a table from columnar files by position: only columns at the end can be new, in all files alike. */
final class Columnar {
    private static final int SHOWN = 500;

    private Columnar() {}

    /** Why two files of a batch don't go into one table, for a person; empty if one's columns begin with the other's. */
    static String differ(Fields one, Fields other, String url) {
        List<String> shorter = one.names().size() < other.names().size() ? one.names() : other.names();
        List<String> longer = shorter.equals(one.names()) ? other.names() : one.names();
        return beginsWith(longer, shorter)
                ? ""
                : "the columns of " + url + " (" + shown(other.names())
                        + ") are not in the order of the batch's other files (" + shown(one.names()) + ")";
    }

    /** Why the table can't grow at its end to take the file, for a person; empty if it can. */
    static String differ(List<String> tableColumns, Fields file) {
        return file.names().size() <= tableColumns.size() || beginsWith(file.names(), tableColumns)
                ? ""
                : "COPY fills columns by position, and the files' (" + shown(file.names())
                        + ") don't begin with the table's (" + shown(tableColumns)
                        + "): write new columns behind all others";
    }

    private static String shown(List<String> names) {
        String all = String.join(", ", names);
        return all.length() > SHOWN ? all.substring(0, SHOWN) + " …" : all;
    }

    private static boolean beginsWith(List<String> names, List<String> first) {
        for (int i = 0; i < first.size(); i++) {
            if (!ClusterNames.folded(names.get(i)).equals(ClusterNames.folded(first.get(i)))) {
                return false;
            }
        }
        return true;
    }
}
