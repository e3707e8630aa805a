package dev.caravan.evolution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields with their types, in the order in which they were seen. A field without a type has had no value that tells one. */
final class Fields {
    private final Map<String, Optional<ColumnType>> types = new LinkedHashMap<>();

    void see(String name, Optional<ColumnType> type) {
        types.merge(name, type, Fields::either);
    }

    void seeAll(Fields others) {
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
