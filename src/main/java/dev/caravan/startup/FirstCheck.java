package dev.caravan.startup;

import dev.caravan.startup.check.BeanRules;
import dev.caravan.startup.check.ConfigurationFaults;
import dev.caravan.startup.check.Placeholders;
import dev.caravan.startup.check.RouteTexts;
import dev.caravan.startup.check.RouteTexts.NamedBean;
import dev.caravan.startup.check.RoutesTwice;
import dev.caravan.startup.check.SettingNames;
import dev.caravan.startup.check.WrittenNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong with settings and routes as they are written, before Camel makes anything of them: Camel passes over some of it without a word, and stops at the
 * first of the rest, with words of its own.
 *
 * @param faults a line each, with file and key
 * @param beans as they are written
 * @param complete whether Camel reads all files of routes; if not, it can't read some
 * @param isAmbiguous whether two files define one route: then Camel takes the last without a word, or stops without naming a file
 * @param standIns what Camel could take in the place of settings that it stumbles over
 */
record FirstCheck(
        List<String> faults, BeanRules beans, boolean complete, boolean isAmbiguous, Map<String, String> standIns) {
    static final String PROPERTIES = SettingNames.FILE;

    private static final Logger LOG = LoggerFactory.getLogger(FirstCheck.class);
    static final String ROUTES = "camel.main.routesIncludePattern";
    private static final String CONFIGURATION = "camel.main.configurationClasses";
    private static final String NAME = "caravanFirstCheck";

    /**
     * Of a start. It is made once, by whoever comes first: the process's main, or under {@code camel run} {@link CaravanConfiguration}.
     *
     * @param own whether it is our main that starts
     * @throws ConfigurationFaults if there is nothing to start
     */
    static FirstCheck of(CamelContext context, boolean own) {
        FirstCheck made = context.getRegistry().lookupByNameAndType(NAME, FirstCheck.class);
        if (made != null) {
            return made;
        }
        FirstCheck check = made(context, own, true);
        bind(context, check);
        return check;
    }

    /** As that of a start. */
    static void bind(CamelContext context, FirstCheck check) {
        context.getRegistry().bind(NAME, check);
    }

    /** Which files of routes Camel reads. */
    static String patterns(CamelContext context) {
        return context.resolvePropertyPlaceholders("{{" + ROUTES + ":}}");
    }

    /**
     * Of a command, which starts nothing.
     *
     * @throws ConfigurationFaults if there is no configuration
     */
    static FirstCheck ofCommand(CamelContext context) {
        return made(context, true, false);
    }

    private static FirstCheck made(CamelContext context, boolean own, boolean starts) {
        Map<String, String> settings = settings(context);
        String patterns = patterns(context);
        String folder = Path.of("").toAbsolutePath().toString();
        if (own && !settings.containsKey(starts ? CONFIGURATION : ROUTES)) {
            throw new ConfigurationFaults(List.of(nowhere(settings, folder)));
        }
        RouteTexts routes = RouteTexts.of(context, patterns);
        List<String> faults = new ArrayList<>();
        if (own && starts && routes.files() == 0) {
            faults.add(PROPERTIES + ": " + ROUTES + " = " + patterns + ": there is no such file in " + folder
                    + ": start Caravan in the folder that has routes/, or correct the pattern");
        }
        Set<String> named = Stream.concat(
                        settings.values().stream(), routes.texts().stream().map(RouteTexts.Text::text))
                .flatMap(text -> Placeholders.named(text).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        WrittenNames names = new WrittenNames(context, settings.keySet(), named);
        faults.addAll(names.faults(PROPERTIES));
        faults.addAll(names.ofEnvironment(System.getenv().keySet()));
        Placeholders placeholders = new Placeholders(settings.keySet());
        Map<String, String> standIns = new TreeMap<>();
        settings.forEach((key, value) -> placeholders.faults(value).forEach(fault -> {
            faults.add(PROPERTIES + ": " + key + " = " + fault);
            standIns.put(key, "");
        }));
        routes.texts()
                .forEach(text ->
                        placeholders.faults(text.text()).forEach(fault -> faults.add(text.place() + ": " + fault)));
        List<NamedBean> all = Stream.concat(
                        BeanRules.ofSettings(PROPERTIES, settings).stream(), routes.beans().stream())
                .toList();
        BeanRules rules = new BeanRules(context, all);
        RoutesTwice twice = new RoutesTwice(routes.routes());
        faults.addAll(rules.twice(twice::explains));
        faults.addAll(rules.types(own));
        rules.missing().stream()
                .filter(bean -> settings.containsKey(BeanRules.PREFIX + bean.name()))
                .forEach(bean -> standIns.put(BeanRules.PREFIX + bean.name(), BeanRules.STAND_IN));
        faults.addAll(rules.properties(PROPERTIES, settings));
        if (starts) {
            faults.addAll(twice.faults());
            faults.addAll(new ServerPorts(context).faults(PROPERTIES));
        }
        names.unread(System.getenv().keySet())
                .forEach(name -> LOG.warn(
                        "Nothing reads the environment variable {}: no setting of Caravan's is called so", name));
        return new FirstCheck(List.copyOf(faults), rules, true, !twice.faults().isEmpty(), standIns);
    }

    private static String nowhere(Map<String, String> settings, String folder) {
        return !settings.containsKey(ROUTES)
                ? PROPERTIES + ": there is none in " + folder
                        + ": start Caravan in the folder that has application.properties and routes/"
                : PROPERTIES + ": " + CONFIGURATION + ": missing: write " + CaravanConfiguration.class.getName();
    }

    /** As they are written. */
    static Map<String, String> settings(CamelContext context) {
        Properties written = context.getPropertiesComponent().loadProperties();
        Map<String, String> settings = new TreeMap<>();
        written.stringPropertyNames().forEach(key -> settings.put(key, written.getProperty(key, "")));
        return settings;
    }
}
