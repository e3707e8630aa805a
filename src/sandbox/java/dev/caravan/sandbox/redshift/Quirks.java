package dev.caravan.sandbox.redshift;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The quirks that are switched on. Shared by Java callers, all sessions and the Data API; any thread may call. A statement goes by those that are on when it is parsed. */
public final class Quirks {
    private final Set<Quirk> on = ConcurrentHashMap.newKeySet();

    Quirks() {}

    public void add(Quirk quirk) {
        on.add(quirk);
    }

    public void remove(Quirk quirk) {
        on.remove(quirk);
    }

    public void clear() {
        on.clear();
    }

    public boolean has(Quirk quirk) {
        return on.contains(quirk);
    }

    boolean isEmpty() {
        return on.isEmpty();
    }
}
