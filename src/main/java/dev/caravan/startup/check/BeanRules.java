package dev.caravan.startup.check;

import dev.caravan.base.Nearest;
import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.feed.Feed;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.pipeline.redshifttopostgres.mirror.MirrorProperties;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.SyncProperties;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.startup.check.RouteTexts.NamedBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.SimpleRegistry;
import org.apache.camel.util.StringHelper;

/** What is wrong with beans as they are written, in route YAML and as {@code camel.beans.*}: names that stand twice, and classes and properties that aren't there. */
public final class BeanRules {
    /** What the settings of beans begin with. */
    public static final String PREFIX = "camel.beans.";

    private static final String OWN = "dev.caravan.";
    private static final String CLASS = "#class:";
    private static final String POOL = "com.zaxxer.hikari.HikariDataSource";

    /** What Camel could make in the place of a bean whose class there is not. */
    public static final String STAND_IN = CLASS + POOL;

    private static final List<String> TYPES = List.of(
            Feed.class.getName(),
            TableSync.class.getName(),
            TableMirror.class.getName(),
            POOL,
            DataApiDataSource.class.getName());

    private final CamelContext context;
    private final List<NamedBean> beans;
    private final Map<String, List<NamedBean>> byName;
    private final Set<String> shared;

    /** @param beans all, wherever they are written */
    public BeanRules(CamelContext context, List<NamedBean> beans) {
        this.context = context;
        this.beans = beans;
        byName = beans.stream()
                .filter(bean -> !bean.name().contains("{{"))
                .collect(Collectors.groupingBy(NamedBean::name, LinkedHashMap::new, Collectors.toList()));
        shared = byName.entrySet().stream()
                .filter(named -> named.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The beans that settings define. */
    public static List<NamedBean> ofSettings(String file, Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(PREFIX)
                        && setting.getKey().indexOf('.', PREFIX.length()) < 0
                        && setting.getKey().indexOf('[') < 0)
                .map(setting -> new NamedBean(
                        StringHelper.dashToCamelCase(setting.getKey().substring(PREFIX.length())),
                        file + ": " + setting.getKey(),
                        setting.getValue().strip(),
                        file + ": " + setting.getKey(),
                        Map.of()))
                .toList();
    }

    /** Names that more than one bean has, or one without a class: whatever else is said of these beans is said of the wrong one. */
    public Set<String> doubtful() {
        return Stream.concat(shared.stream(), missing().stream().map(NamedBean::name))
                .collect(Collectors.toSet());
    }

    /** Those whose class there is not. */
    public List<NamedBean> missing() {
        return beans.stream()
                .filter(bean -> !type(bean).isEmpty() && resolved(bean).isEmpty())
                .toList();
    }

    /**
     * A sentence for each name that stands twice, with both places.
     *
     * @param explained whether there is another reason that says it all
     */
    public List<String> twice(BiPredicate<NamedBean, NamedBean> explained) {
        return shared.stream()
                .filter(name -> !explained.test(named(name).get(0), named(name).get(1)))
                .map(name -> {
                    NamedBean one = named(name).get(0);
                    NamedBean other = named(name).get(1);
                    return one.place() + ": the name '" + name + "' is there twice: here it is a " + kind(one)
                            + "'s, and a " + kind(other) + "'s in " + other.place() + ": give one of them another name";
                })
                .toList();
    }

    /** Names that beans of Caravan's own have by now: steps would find the one, or feeds the other. */
    public List<String> replaced() {
        return beans.stream()
                .filter(bean -> !shared.contains(bean.name()))
                .filter(bean -> bound(bean.name()).stream()
                        .filter(there -> there.getClass().getName().startsWith(OWN))
                        .anyMatch(there -> resolved(bean)
                                .filter(type -> !type.isInstance(there))
                                .isPresent()))
                .map(bean -> bean.place() + ": a bean of Caravan's own is named '" + bean.name() + "': give this "
                        + kind(bean) + " another name")
                .toList();
    }

    /**
     * Classes that there are not.
     *
     * @param all whether those count that resemble none of Caravan's: {@code camel run} may still compile or fetch them
     */
    public List<String> types(boolean all) {
        List<String> faults = new ArrayList<>();
        for (NamedBean bean : missing()) {
            String type = type(bean);
            Optional<String> hint = Nearest.hint(type, TYPES);
            if (all || hint.isPresent()) {
                faults.add(bean.typePlace() + ": " + bean.name() + ": there is no class " + type + ": "
                        + hint.orElse("correct the name, or add its jar to the class path"));
            }
        }
        return faults;
    }

    /** What {@code camel.beans.*} sets that a bean doesn't have. */
    public List<String> properties(String file, Map<String, String> settings) {
        List<String> faults = new ArrayList<>();
        for (String key : settings.keySet()) {
            int dot = key.startsWith(PREFIX) ? key.indexOf('.', PREFIX.length()) : -1;
            if (dot > 0) {
                String name = StringHelper.dashToCamelCase(key.substring(PREFIX.length(), dot));
                String property = key.substring(dot + 1).replaceFirst("[.\\[].*", "");
                named(name).stream()
                        .filter(bean -> !shared.contains(name))
                        .flatMap(bean -> resolved(bean).stream())
                        .flatMap(type -> property(type, property).stream())
                        .forEach(fault -> faults.add(file + ": " + key + ": " + fault));
            }
        }
        return faults;
    }

    /** A registry has a bean for each type under a name, and gives whoever asks for the name alone the first. */
    private List<Object> bound(String name) {
        return context.getRegistry() instanceof DefaultRegistry parts
                        && parts.getFallbackRegistry() instanceof SimpleRegistry names
                ? List.copyOf(names.getOrDefault(name, Map.of()).values())
                : Stream.ofNullable(context.getRegistry().lookupByName(name)).toList();
    }

    private static Optional<String> property(Class<?> type, String name) {
        Set<String> names = type == Feed.class
                ? FeedProperties.ALL.names()
                : type == TableSync.class
                        ? SyncProperties.ALL.names()
                        : type == TableMirror.class ? MirrorProperties.ALL.names() : beanProperties(type);
        String plain = name.replace("-", "");
        return names.stream().anyMatch(plain::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of(type.getName() + " has no such property: "
                        + Nearest.hint(name, names).orElse("correct or delete it"));
    }

    private static Set<String> beanProperties(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().matches("set.+|get.+") && method.getParameterCount() < 2)
                .map(method -> method.getName().substring(3, 4).toLowerCase(Locale.ROOT)
                        + method.getName().substring(4))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<NamedBean> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    private String kind(NamedBean bean) {
        if (type(bean).equals(Feed.class.getName())) {
            return "feed";
        }
        if (type(bean).equals(TableSync.class.getName())) {
            return "sync";
        }
        if (type(bean).equals(TableMirror.class.getName())) {
            return "mirror";
        }
        return resolved(bean).filter(DataSource.class::isAssignableFrom).isPresent() ? "cluster" : "bean";
    }

    private Optional<Class<?>> resolved(NamedBean bean) {
        return Stream.of(type(bean))
                .filter(type -> !type.isEmpty())
                .<Class<?>>flatMap(
                        type -> Stream.ofNullable(context.getClassResolver().resolveClass(type)))
                .findFirst();
    }

    /** The class's name, without the constructor's arguments or a factory; empty for other ways to say what a bean is. */
    private static String type(NamedBean bean) {
        String type = bean.type().startsWith(CLASS) ? bean.type().substring(CLASS.length()) : bean.type();
        return type.contains("{{")
                        || type.contains(":")
                        || (bean.place().contains(PREFIX) && !bean.type().startsWith(CLASS))
                ? ""
                : type.replaceFirst("[(#].*", "").strip();
    }
}
