package dev.caravan.migrate.draft;

import java.util.HashSet;
import java.util.Set;

/** Names for feeds, made from the prefixes of their objects, no two alike. */
public final class FeedNames {
    private static final int LONGEST = 60;

    private final Set<String> taken = new HashSet<>();

    /** For example {@code logs-web} for {@code landing/logs/web/dt=*}; the bucket's name if there is nothing behind it. */
    public String of(String prefix) {
        String key = prefix.replaceFirst("^s3://", "").replaceAll("/[^/]*=\\*", "");
        String path = key.replaceFirst("^[^/]*/+(?=.)", "");
        String name = path.replaceAll("[^A-Za-z0-9_.]+", "-").replaceAll("^-+|-+$", "");
        name = name.isEmpty() ? "feed" : name.substring(Math.max(0, name.length() - LONGEST));
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }
}
