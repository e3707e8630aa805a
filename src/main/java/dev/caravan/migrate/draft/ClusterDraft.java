package dev.caravan.migrate.draft;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A cluster taken over from another loader; its password never is.
 *
 * @param name of the data source: letters, digits and underscores
 * @param url JDBC's; for people only if it is reached through the Data API
 * @param user may be empty if it is reached through the Data API
 * @param dataApi the properties of a cluster that is reached through the Data API; empty for others
 * @param origin what it comes from, in words
 */
public record ClusterDraft(String name, String url, String user, Map<String, String> dataApi, String origin) {

    /** The environment variable that its password is taken from. */
    public String passwordVariable() {
        return "CARAVAN_" + name.toUpperCase(Locale.ROOT) + "_PASSWORD";
    }

    /** Whether it has no password, because it is reached through the Data API. */
    public boolean isDataApi() {
        return !dataApi.isEmpty();
    }

    ClusterDraft rewritten(UnaryOperator<String> values) {
        Map<String, String> properties = new LinkedHashMap<>();
        dataApi.forEach((property, value) -> properties.put(property, values.apply(value)));
        return new ClusterDraft(name, values.apply(url), values.apply(user), properties, origin);
    }
}
