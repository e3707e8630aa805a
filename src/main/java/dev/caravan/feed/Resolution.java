package dev.caravan.feed;

import dev.caravan.base.Fault;
import dev.caravan.feed.capture.Captures;
import dev.caravan.feed.capture.KeyPattern;
import dev.caravan.feed.capture.TableTemplate;
import dev.caravan.feed.capture.Unresolved;
import dev.caravan.redshift.target.CopyFormat;
import dev.caravan.redshift.target.CopyOptions;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What a feed's {@code keyPattern} makes of its table and options, for an object or for a batch. Safe for use by many threads. */
final class Resolution {
    /** Feeds kept for the next object; as many again are worked out anew. */
    private static final int KEPT = 1_000;

    private static final Pattern STEPS = Pattern.compile("(?<=/)\\.{1,2}(?:/|$)");

    private final Feed feed;
    private final Map<String, Feed> known = new ConcurrentHashMap<>();
    private volatile SortedMap<String, String> references = new TreeMap<>();

    Resolution(Feed feed) {
        this.feed = feed;
    }

    /** The feed has all its properties now. */
    void refresh() {
        references = references(feed);
    }

    /** The groups that table and options refer to, by name, and how; none if the feed has no pattern. */
    static SortedMap<String, String> references(Feed feed) {
        SortedMap<String, String> all = new TreeMap<>();
        if (feed.keyPattern().isPresent()) {
            all.putAll(Captures.references(feed.table()));
            feed.clusterTables().values().forEach(table -> all.putAll(Captures.references(table)));
            all.putAll(Captures.references(feed.copyOptions()));
            all.putAll(Captures.references(feed.format().argument()));
        }
        return all;
    }

    boolean isNeeded() {
        return !references.isEmpty();
    }

    Feed ofObject(String objectKey) throws Unresolved {
        Optional<KeyPattern> pattern = feed.wholeKey();
        return pattern.isEmpty() || references.isEmpty()
                ? feed
                : of(pattern.get().captures(objectKey, references.keySet()));
    }

    Feed ofBatch(String key) throws Unresolved {
        Captures captures = Captures.of(key);
        return isNeeded() || !captures.values().isEmpty() ? of(captures) : feed;
    }

    private Feed of(Captures captures) throws Unresolved {
        String key = captures.key(feed.name());
        Feed resolved = known.get(key);
        if (resolved == null) {
            resolved = resolved(key, captures);
            if (known.size() >= KEPT) {
                known.clear();
            }
            known.put(key, resolved);
        }
        return resolved;
    }

    private Feed resolved(String key, Captures captures) throws Unresolved {
        try {
            Map<String, String> tables = new TreeMap<>();
            for (Map.Entry<String, String> own : feed.clusterTables().entrySet()) {
                tables.put(own.getKey(), table(own.getValue(), captures));
            }
            Feed resolved = feed.resolved(
                    key, table(feed.table(), captures), Map.copyOf(tables), options(captures), format(captures));
            Optional<Fault> refused = CopyRules.faults(resolved).stream().findFirst();
            if (refused.isPresent()) {
                throw new Unresolved(String.valueOf(refused.get()));
            }
            return resolved;
        } catch (Unresolved e) {
            throw new Unresolved(e.getMessage() + " (" + captures + ")");
        }
    }

    private String table(String text, Captures captures) throws Unresolved {
        if (Captures.references(text).isEmpty()) {
            return text;
        }
        String table = TableTemplate.of(text)
                .orElseThrow(() -> new Unresolved("'" + text + "' is no table's name"))
                .fill(captures);
        TableRules.check(feed, table);
        return table;
    }

    /** References stand in quoted strings only: {@link CopyOptions} lets a dollar stand nowhere else. */
    private String options(Captures captures) throws Unresolved {
        String filled = captures.fill(
                feed.copyOptions(), value -> value.replace("\\", "\\\\").replace("'", "''"));
        Optional<Fault> fault = filled.isEmpty() ? Optional.empty() : CopyOptions.fault("copyOptions", filled);
        if (fault.isPresent()) {
            throw new Unresolved(String.valueOf(fault.get()));
        }
        return filled;
    }

    private CopyFormat format(Captures captures) throws Unresolved {
        CopyFormat format = feed.format();
        if (Captures.references(format.argument()).isEmpty()) {
            return format;
        }
        String filled = format.kind() + " '" + captures.fill(format.argument(), value -> value) + "'";
        CopyFormat made = CopyFormat.of(filled).orElseThrow(() -> new Unresolved("'" + filled + "' is no format"));
        if (made.jsonPaths().filter(url -> STEPS.matcher(url).find()).isPresent()) {
            throw new Unresolved("'" + filled + "' has . or .. in place of a folder's name");
        }
        return made;
    }
}
