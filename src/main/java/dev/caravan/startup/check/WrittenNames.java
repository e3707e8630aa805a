package dev.caravan.startup.check;

import dev.caravan.base.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** The names of settings as a person wrote them, in the file and in the environment: those that nobody reads are misspelt. */
public final class WrittenNames {
    private static final List<String> BEGINNINGS = List.of("caravan", "camel");

    /** What the variables begin with from which Camel takes settings of its main, and refuses the start if there is no such setting. */
    private static final String CAMEL_VARIABLE = "CAMEL_MAIN_";

    private final CamelSettings camel;
    private final Set<String> keys;
    private final Set<String> placeholders;
    private final Set<String> own = new TreeSet<>(SettingNames.ALL);
    private final Set<String> variables;

    /**
     * @param keys of the file
     * @param placeholders the names in placeholders, wherever they stand: a person's own settings
     */
    public WrittenNames(CamelContext context, Set<String> keys, Set<String> placeholders) {
        this.camel = new CamelSettings(context);
        this.keys = keys;
        this.placeholders = placeholders;
        placeholders.stream()
                .filter(name -> name.startsWith(SettingNames.PREFIX))
                .forEach(own::add);
        variables = own.stream().map(SettingNames::variable).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A line for each name that nobody reads; its value may be a secret, and isn't shown. */
    public List<String> faults(String file) {
        List<String> faults = new ArrayList<>();
        for (String key : keys) {
            if (key.startsWith(SettingNames.PREFIX)) {
                if (!own.contains(key)) {
                    faults.add(file + ": " + key + ": Caravan has no such setting, and no placeholder names it: "
                            + Placeholders.hint(key, own).orElse("correct or delete it"));
                }
            } else if (key.startsWith(CamelSettings.PREFIX)) {
                camel.fault(key).ifPresent(fault -> faults.add(file + ": " + key + ": " + fault));
            } else if (!placeholders.contains(key)) {
                beginning(key).ifPresent(hint -> faults.add(file + ": " + key + ": nothing reads it: " + hint));
            }
        }
        return faults;
    }

    private static Optional<String> beginning(String key) {
        int dot = key.indexOf('.');
        String first = dot < 0 ? key : key.substring(0, dot);
        return dot < 0
                ? Optional.empty()
                : Nearest.hint(first, BEGINNINGS).map(hint -> hint.replaceFirst("'\\?", key.substring(dot) + "'?"));
    }

    /** A line for each environment variable that resembles one that would be read, or that Camel would refuse. */
    public List<String> ofEnvironment(Collection<String> environment) {
        Stream<String> ofCaravan = mistaken(environment)
                .flatMap(
                        name -> hint(name)
                                .map(hint -> "the environment: " + name + ": Caravan has no such setting: " + hint)
                                .stream());
        Stream<String> ofCamel = environment.stream()
                .filter(name -> name.startsWith(CAMEL_VARIABLE))
                .sorted()
                .flatMap(name ->
                        camel.fault(ofCamel(name)).map(fault -> "the environment: " + name + ": " + fault).stream());
        return Stream.concat(ofCaravan, ofCamel).toList();
    }

    /** The setting that Camel reads from a variable. */
    private static String ofCamel(String variable) {
        return "camel.main."
                + variable.substring(CAMEL_VARIABLE.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }

    /** Environment variables that begin with {@code CARAVAN_} as well, but resemble none. */
    public List<String> unread(Collection<String> environment) {
        return mistaken(environment).filter(name -> hint(name).isEmpty()).toList();
    }

    private Stream<String> mistaken(Collection<String> environment) {
        return environment.stream()
                .filter(name -> name.startsWith(SettingNames.VARIABLE_PREFIX)
                        && !SettingNames.isOfKubernetes(name)
                        && !variables.contains(name)
                        && !placeholders.contains("env:" + name))
                .sorted();
    }

    private Optional<String> hint(String variable) {
        int rest = SettingNames.VARIABLE_PREFIX.length();
        return Nearest.hint(
                        variable.substring(rest),
                        variables.stream().map(name -> name.substring(rest)).toList())
                .map(hint -> hint.replaceFirst("'", "'" + SettingNames.VARIABLE_PREFIX));
    }
}
