package dev.caravan.cli.shell;

import dev.caravan.base.Nearest;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.PropertySet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What commands say of properties, of beans as of settings: what the reference says, in plain words. */
public final class Described {
    private final String noun;
    private final List<PropertySet> sets;

    /**
     * Of these.
     *
     * @param noun what each is, for example {@code property}: the command's last word
     */
    public Described(String noun, PropertySet... sets) {
        this.noun = noun;
        this.sets = List.of(sets);
    }

    /** All names, each once. */
    public static SortedSet<String> names(PropertySet... sets) {
        SortedSet<String> names = new TreeSet<>();
        Stream.of(sets).forEach(set -> names.addAll(set.names()));
        return names;
    }

    /** One, of each that has it; or a line for each of all if there is no name. */
    public String named(String name) throws CommandFailed {
        if (name.isEmpty()) {
            return all();
        }
        List<Property<?>> known = properties().stream()
                .filter(property -> property.name().equals(name))
                .toList();
        if (known.isEmpty()) {
            throw unknown(name);
        }
        return known.stream()
                .map(this::one)
                .collect(Collectors.joining(System.lineSeparator() + System.lineSeparator()));
    }

    private CommandFailed unknown(String name) {
        List<String> owners = sets.stream().map(PropertySet::owner).toList();
        String nobody =
                owners.size() == 1 ? owners.get(0) + " has no " : "neither " + String.join(" nor ", owners) + " has a ";
        return new CommandFailed(nobody + noun + " '" + name + "'"
                + Nearest.hint(name, names(sets.toArray(PropertySet[]::new)))
                        .map(hint -> ": " + hint)
                        .orElse("; caravan describe " + noun + " lists them"));
    }

    /** What sets share, once. */
    private Set<Property<?>> properties() {
        Set<Property<?>> all = new LinkedHashSet<>();
        sets.forEach(set -> all.addAll(set.all()));
        return all;
    }

    private String owners(Property<?> property) {
        return sets.stream()
                .filter(set -> set.all().contains(property))
                .map(PropertySet::owner)
                .collect(Collectors.joining(", "));
    }

    private String one(Property<?> property) {
        return new Page()
                .fact(capital(noun), property.name())
                .fact("Of", sets.size() == 1 ? "" : owners(property))
                .fact("What", property.whatInWords())
                .fact("Write", property.form().written())
                .fact("Example", property.example())
                .fact("Default", property.otherwiseInWords())
                .toString();
    }

    private String all() {
        boolean isOne = sets.size() == 1;
        List<String> titles = isOne
                ? List.of(noun.toUpperCase(Locale.ROOT), "DEFAULT", "WHAT")
                : List.of(noun.toUpperCase(Locale.ROOT), "OF", "DEFAULT", "WHAT");
        List<List<String>> rows = properties().stream()
                .map(property -> isOne
                        ? List.of(property.name(), property.otherwiseInWords(), property.whatInWords())
                        : List.of(
                                property.name(), owners(property), property.otherwiseInWords(), property.whatInWords()))
                .toList();
        return String.join(System.lineSeparator(), new Table(titles, rows).lines());
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
