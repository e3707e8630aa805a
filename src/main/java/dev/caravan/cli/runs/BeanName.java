package dev.caravan.cli.runs;

import dev.caravan.base.Nearest;
import dev.caravan.cli.shell.CommandFailed;
import java.util.Map;

/** The name of a sync or a mirror, as a person typed it. */
public final class BeanName {
    private BeanName() {}

    /**
     * What has that name.
     *
     * @param noun what it is: {@code sync}
     * @throws CommandFailed if there is none, with the name that was probably meant
     */
    public static <T> T configured(String noun, Map<String, T> all, String name) throws CommandFailed {
        T found = all.get(name);
        if (found == null) {
            throw new CommandFailed("there is no " + noun + " '" + name + "': "
                    + Nearest.hint(name, all.keySet())
                            .orElse(
                                    all.isEmpty()
                                            ? "routes/ has none"
                                            : "there are " + String.join(", ", all.keySet())));
        }
        return found;
    }
}
