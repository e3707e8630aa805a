package dev.caravan.base.property;

import dev.caravan.base.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All properties of one kind of bean, in the order in which a person thinks of them. */
public final class PropertySet {
    private final String owner;
    private final Map<String, Property<?>> byName = new LinkedHashMap<>();

    private PropertySet(String owner) {
        this.owner = owner;
    }

    /**
     * These.
     *
     * @param owner what has them, for example {@code a feed}
     */
    public static PropertySet of(String owner, Property<?>... properties) {
        PropertySet set = new PropertySet(owner);
        for (Property<?> property : properties) {
            if (set.byName.put(property.name(), property) != null) {
                throw new IllegalArgumentException(owner + " has two properties named " + property.name());
            }
        }
        return set;
    }

    /** What has them, for example {@code a feed}. */
    public String owner() {
        return owner;
    }

    public List<Property<?>> all() {
        return List.copyOf(byName.values());
    }

    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    public Optional<Property<?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** One that has this name but for its case. */
    Optional<Property<?>> namedLike(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        return byName.values().stream()
                .filter(property -> property.name().toLowerCase(Locale.ROOT).equals(folded))
                .findFirst();
    }

    /** What is wrong with a name that none of them has, and which one was probably meant. */
    public String unknown(String name) {
        return "unknown property '" + name + "'; "
                + Nearest.hint(name, byName.keySet())
                        .orElse(owner + " has "
                                + String.join(
                                        ", ", byName.keySet().stream().sorted().toList()));
    }
}
