package dev.caravan.startup.check;

import dev.caravan.base.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/** The names of Camel's settings: those of {@code camel-main} as its jar lists them, and those of components as their own jars have them. */
final class CamelSettings {
    /** What the names of all of them begin with. */
    static final String PREFIX = "camel.";

    private static final String LIST = "/META-INF/camel-main-configuration-metadata.json";
    private static final String COMPONENT = "camel.component.";
    private static final String POOLS = "camel.threadpool.";

    /** One pool's settings are those of all pools. */
    private static final Pattern POOL = Pattern.compile("(camel\\.threadpool\\.config\\[[^]]*]\\.)(.*)");

    /** Read by {@code camel-main} before it looks at its list, and not on it. */
    private static final List<String> UNLISTED = List.of(
            "camel.main.property-placeholder-location",
            "camel.main.initial-properties-location",
            "camel.main.override-properties-location");

    /** What follows these is named by who writes it, or by a component's jar, or for {@code camel run}. */
    private static final List<String> OPEN = List.of(
            "beans",
            "component",
            "context",
            "dataformat",
            "devConsole",
            "globalOptions",
            "jbang",
            "kamelet",
            "language",
            "routeTemplate",
            "variable");

    private final CamelContext context;

    /** As Camel compares them, to how its list spells them. */
    private final Map<String, String> known;

    private final Collection<String> groups;

    CamelSettings(CamelContext context) {
        this.context = context;
        known = Stream.concat(listed(), UNLISTED.stream())
                .collect(Collectors.toMap(CamelSettings::plain, name -> name, (one, same) -> one, HashMap::new));
        groups = Stream.concat(known.values().stream().map(CamelSettings::group), OPEN.stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is wrong with the name of a setting that begins with {@link #PREFIX}; empty if nothing is known against it. */
    Optional<String> fault(String key) {
        if (key.startsWith(COMPONENT)) {
            return component(key.substring(COMPONENT.length()));
        }
        String group = group(key);
        if (groups.stream().noneMatch(plain(group)::equalsIgnoreCase)) {
            return Nearest.hint(group, groups)
                    .map(hint -> "Camel has no settings that begin so: " + hint.replaceFirst("'", "'" + PREFIX));
        }
        Matcher pool = POOL.matcher(key);
        if (pool.matches()) {
            return isListed(plain(POOLS + pool.group(2)))
                    ? Optional.empty()
                    : none(
                            key,
                            near(POOLS).stream()
                                    .map(name -> pool.group(1) + name.substring(POOLS.length()))
                                    .toList());
        }
        if (OPEN.stream().anyMatch(plain(group)::equalsIgnoreCase) || isListed(plain(key))) {
            return Optional.empty();
        }
        return none(key, near(key));
    }

    private static Optional<String> none(String key, List<String> names) {
        return Optional.of(
                "Camel has no such setting: " + Nearest.hint(key, names).orElse("correct or delete it"));
    }

    /** Whole, or a part of one that has parts: {@code camel.threadpool.config[load].poolSize}. */
    private boolean isListed(String plain) {
        int end = plain.length();
        while (end > 0) {
            if (known.containsKey(plain.substring(0, end))) {
                return true;
            }
            end = Math.max(plain.lastIndexOf('.', end - 1), plain.lastIndexOf('[', end - 1));
        }
        return false;
    }

    /** Those of its group. */
    private List<String> near(String key) {
        String group = plain(group(key));
        return known.values().stream()
                .filter(name -> plain(group(name)).equals(group))
                .toList();
    }

    /** Of a component that isn't on the class path nothing is known; Camel says so, or {@code camel run} fetches it. */
    private Optional<String> component(String rest) {
        String component = rest.replaceFirst("\\..*", "");
        String option =
                rest.substring(component.length()).replaceFirst("^\\.", "").replaceFirst("[.\\[].*", "");
        PropertyConfigurer options = PluginHelper.getConfigurerResolver(context)
                .resolvePropertyConfigurer(component + "-component", context);
        if (option.isEmpty()
                || !(options instanceof PropertyConfigurerGetter getter)
                || getter.getOptionType(option.replace("-", ""), true) != null) {
            return Optional.empty();
        }
        String list = "/META-INF/" + options.getClass().getPackageName().replace('.', '/') + "/" + component + ".json";
        InputStream in = options.getClass().getResourceAsStream(list);
        Collection<String> names = in == null
                ? List.of()
                : read(in).getMap("componentProperties").keySet().stream()
                        .map(Object::toString)
                        .toList();
        return Optional.of("component " + component + " has no such option: "
                + Nearest.hint(option, names).orElse("correct or delete it"));
    }

    private static String group(String key) {
        return key.substring(PREFIX.length()).replaceFirst("[.\\[].*", "");
    }

    /** Camel takes names in any case, with dashes or without. */
    private static String plain(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static Stream<String> listed() {
        Collection<JsonObject> properties = read(Objects.requireNonNull(
                        BaseMainSupport.class.getResourceAsStream(LIST), LIST))
                .getCollection("properties");
        return properties.stream().map(property -> property.getString("name"));
    }

    private static JsonObject read(InputStream list) {
        try (list) {
            return (JsonObject) Jsoner.deserialize(new InputStreamReader(list, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DeserializationException e) {
            throw new IllegalStateException("No JSON in the jar of a part of Camel", e);
        }
    }
}
