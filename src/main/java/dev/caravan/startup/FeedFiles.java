package dev.caravan.startup;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.Model;

/** In which file a feed's bean is defined, as far as Camel remembers it. */
final class FeedFiles {
    private final Map<String, String> files = new TreeMap<>();

    FeedFiles(CamelContext context) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        if (model != null) {
            for (BeanFactoryDefinition<?> bean : model.getCustomBeans()) {
                if (bean.getResource() != null) {
                    files.put(bean.getName(), bean.getResource().getLocation().replaceFirst("^file:", ""));
                }
            }
        }
    }

    /** @param key of a fault: {@code <feed>.<property>} */
    String of(String key) {
        int dot = key.lastIndexOf('.');
        return files.getOrDefault(dot < 0 ? key : key.substring(0, dot), "routes/");
    }
}
