package dev.caravan.startup.check;

import dev.caravan.base.Nearest;
import dev.caravan.operate.reload.RouteProblem;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Placeholders in what a person wrote, {@code {{caravan.queue}}} or {@code {{env:NAME}}}, and those that nothing can be put in the place of. */
public final class Placeholders {
    /** The innermost, if one stands in another. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");

    private static final String ENV = "env:";

    private final Set<String> settings;

    /** @param settings the names of all that have a value */
    public Placeholders(Set<String> settings) {
        this.settings = settings;
    }

    /** The settings that a text names, and the environment variables ({@code env:NAME}). */
    public static List<String> named(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(placeholder -> placeholder.group(1).strip().replaceFirst("^[?!]", ""))
                .map(name -> name.startsWith(ENV)
                        ? ENV + name.substring(ENV.length()).replaceFirst(":.*", "")
                        : name.replaceFirst(":.*", ""))
                .toList();
    }

    /** A sentence for each that has neither a value nor a default. */
    public List<String> faults(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .flatMap(found -> fault(found).stream())
                .distinct()
                .toList();
    }

    private Optional<String> fault(MatchResult found) {
        String name = found.group(1).strip();
        if (name.startsWith(ENV) && !name.substring(ENV.length()).contains(":")) {
            String variable = name.substring(ENV.length());
            return isSet(variable) ? Optional.empty() : Optional.of(RouteProblem.noVariable(variable));
        }
        if (name.contains(":") || name.startsWith("?") || hasValue(name)) {
            return Optional.empty();
        }
        return Optional.of("{{" + name + "}}: there is no such setting: "
                + hint(name, settings).orElse("set it, or write what stands for it, {{" + name + ":…}}"));
    }

    private boolean hasValue(String name) {
        String plain = name.replaceFirst("^!", "");
        return settings.contains(plain) || System.getProperty(plain) != null || isSet(plain);
    }

    private static boolean isSet(String name) {
        return System.getenv(name) != null
                || System.getenv(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")) != null;
    }

    /** The name that was probably meant, of those that begin alike. */
    static Optional<String> hint(String written, Collection<String> names) {
        int rest = written.indexOf('.') + 1;
        String first = written.substring(0, rest);
        return Nearest.hint(
                        written.substring(rest),
                        names.stream()
                                .filter(name -> name.startsWith(first))
                                .map(name -> name.substring(rest))
                                .toList())
                .map(hint -> hint.replaceFirst("'", "'" + first));
    }
}
