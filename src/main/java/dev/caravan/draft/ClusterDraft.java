package dev.caravan.draft;

import java.util.Locale;

/**
 * A cluster taken over from another loader; its password never is.
 *
 * @param name of the data source: letters, digits and underscores
 * @param url JDBC's
 * @param origin what it comes from, in words
 */
public record ClusterDraft(String name, String url, String user, String origin) {

    /** The environment variable that its password is taken from. */
    public String passwordVariable() {
        return "CARAVAN_" + name.toUpperCase(Locale.ROOT) + "_PASSWORD";
    }
}
