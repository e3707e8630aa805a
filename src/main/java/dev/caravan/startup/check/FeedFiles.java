package dev.caravan.startup.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;

/** In which file, and there in which line, a feed's properties stand, as far as Camel remembers it. */
public final class FeedFiles {
    private static final String UNKNOWN = "routes/";

    private final CamelContext context;
    private Map<String, RouteTexts.NamedBean> beans = Map.of();

    public FeedFiles(CamelContext context) {
        this.context = context;
    }

    /** @param key of a fault: {@code <feed>.<property>}, or a setting's */
    public String of(String key) {
        if (SettingNames.ALL.contains(key)) {
            return SettingNames.FILE;
        }
        if (beans.isEmpty()) {
            beans = read();
        }
        int dot = key.lastIndexOf('.');
        String property = key.substring(dot + 1);
        return Optional.ofNullable(beans.get(dot < 0 ? key : key.substring(0, dot)))
                .map(bean -> bean.properties().entrySet().stream()
                        .filter(written -> written.getKey().replace("-", "").equalsIgnoreCase(property))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(bean.place()))
                .orElse(UNKNOWN);
    }

    private Map<String, RouteTexts.NamedBean> read() {
        Map<String, RouteTexts.NamedBean> read = new TreeMap<>();
        Map<String, Resource> files = new TreeMap<>();
        for (BeanFactoryDefinition<?> bean : defined()) {
            if (bean.getResource() != null) {
                files.put(bean.getResource().getLocation(), bean.getResource());
            }
        }
        RouteTexts.of(files.values()).beans().forEach(bean -> read.put(bean.name(), bean));
        return read;
    }

    private List<BeanFactoryDefinition<?>> defined() {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        return Stream.ofNullable(model)
                .<BeanFactoryDefinition<?>>flatMap(known -> known.getCustomBeans().stream())
                .toList();
    }
}
