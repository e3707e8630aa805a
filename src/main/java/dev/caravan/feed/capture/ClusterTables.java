package dev.caravan.feed.capture;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code backup=archive.web_log, lab="Other".web}: a table's name for each of some clusters. */
public final class ClusterTables {
    private static final Pattern ONE =
            Pattern.compile("\\s*([A-Za-z0-9_.-]+)\\s*=\\s*((?:\"(?:[^\"]|\"\")*\"|[^,\"])+?)\\s*(?:,|$)");

    private ClusterTables() {}

    /** Tables by cluster; empty if a part of the text is none, or a cluster stands there twice. */
    public static Optional<Map<String, String>> of(String text) {
        Map<String, String> tables = new TreeMap<>();
        Matcher m = ONE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            m.region(at, text.length());
            if (!m.lookingAt()
                    || TableTemplate.of(m.group(2)).isEmpty()
                    || tables.put(m.group(1), m.group(2)) != null) {
                return Optional.empty();
            }
            at = m.end();
        }
        return Optional.of(Map.copyOf(tables));
    }
}
