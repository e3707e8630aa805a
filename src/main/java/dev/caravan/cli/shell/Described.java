package dev.caravan.cli.shell;

import dev.caravan.base.Nearest;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.PropertySet;
import java.util.List;
import java.util.Locale;

/** What commands say of properties, of beans as of settings: what the reference says, in plain words. */
public final class Described {
    private final String noun;
    private final String owner;
    private final PropertySet properties;

    /**
     * Of these.
     *
     * @param noun what each is, for example {@code property}: the command's last word
     * @param owner who has them, for example {@code a feed}
     */
    public Described(String noun, String owner, PropertySet properties) {
        this.noun = noun;
        this.owner = owner;
        this.properties = properties;
    }

    /** One, or a line for each of all if there is no name. */
    public String named(String name) throws CommandFailed {
        return name.isEmpty() ? all() : one(known(name));
    }

    private Property<?> known(String name) throws CommandFailed {
        return properties
                .named(name)
                .orElseThrow(() -> new CommandFailed(owner + " has no " + noun + " '" + name + "'"
                        + Nearest.hint(name, properties.names())
                                .map(hint -> ": " + hint)
                                .orElse("; caravan describe " + noun + " lists them")));
    }

    private String one(Property<?> property) {
        return new Page()
                .fact(capital(noun), property.name())
                .fact("What", property.whatInWords())
                .fact("Write", property.form().written())
                .fact("Example", property.example())
                .fact("Default", property.otherwiseInWords())
                .toString();
    }

    private String all() {
        return String.join(
                System.lineSeparator(),
                new Table(
                                List.of(noun.toUpperCase(Locale.ROOT), "DEFAULT", "WHAT"),
                                properties.all().stream()
                                        .map(property -> List.of(
                                                property.name(), property.otherwiseInWords(), property.whatInWords()))
                                        .toList())
                        .lines());
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
