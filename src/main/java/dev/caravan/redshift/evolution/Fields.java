package dev.caravan.redshift.evolution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields with their types, in the order in which they were seen. A field without a type has had no value that tells one. */
final class Fields {
    private final Map<String, Optional<ColumnType>> types = new LinkedHashMap<>();
    private final int most;

    /** Of one file. */
    Fields() {
        this(Limits.MOST_NAMES);
    }

    Fields(int most) {
        this.most = most;
    }

    /** @throws LimitExceeded if these are too many */
    void see(String name, Optional<ColumnType> type) {
        if (types.size() >= most && !types.containsKey(name)) {
            throw new LimitExceeded("it has more than " + most + " different names: are they data?");
        }
        if (name.length() > Limits.LONGEST_NAME) {
            throw new LimitExceeded("a name in it has more than " + Limits.LONGEST_NAME + " characters");
        }
        types.merge(name, type, Fields::either);
    }

    /** @throws LimitExceeded if they are too many together: then none of the others is seen */
    void seeAll(Fields others) {
        long more = others.types.keySet().stream()
                .filter(name -> !types.containsKey(name))
                .count();
        if (types.size() + more > most) {
            throw new LimitExceeded("with its names, the batch has more than " + most + ": are they data?");
        }
        others.types.forEach(this::see);
    }

    boolean isEmpty() {
        return types.isEmpty();
    }

    List<String> names() {
        return new ArrayList<>(types.keySet());
    }

    Optional<ColumnType> type(String name) {
        return types.getOrDefault(name, Optional.empty());
    }

    private static Optional<ColumnType> either(Optional<ColumnType> one, Optional<ColumnType> other) {
        return one.isPresent() && other.isPresent() ? Optional.of(one.get().or(other.get())) : one.or(() -> other);
    }
}
