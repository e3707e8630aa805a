package dev.caravan.base.property;

import java.util.AbstractMap;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;

/**
 * Sets a bean's properties for Camel, which finds the subclass by the bean's simple class name in {@code META-INF/services/org/apache/camel/configurer}. It
 * takes every name, so that an unknown one becomes a fault among the others instead of ending the start at the first.
 */
public abstract class BeanConfigurer implements PropertyConfigurer, PropertyConfigurerGetter {
    private final PropertySet properties;

    protected BeanConfigurer(PropertySet properties) {
        this.properties = properties;
    }

    /** The bean's values; empty if it is none of this kind. */
    protected abstract Optional<Values> values(Object bean);

    @Override
    public final boolean configure(
            CamelContext context, Object target, String name, @Nullable Object value, boolean ignoreCase) {
        Optional<Values> values = values(target);
        String text = value == null ? "" : value.toString();
        values.ifPresent(bean -> {
            if (ignoreCase) {
                bean.setIgnoringCase(name, text);
            } else {
                bean.set(name, text);
            }
        });
        return values.isPresent();
    }

    @Override
    public final @Nullable Class<?> getOptionType(String name, boolean ignoreCase) {
        return properties.named(name).isPresent() ? String.class : null;
    }

    /** Camel asks for this only to set something within a property; no property has parts, so that this too becomes a fault. */
    @Override
    public final @Nullable Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return values(target).map(bean -> new NoParts(bean, name)).orElse(null);
    }

    private static final class NoParts extends AbstractMap<String, Object> {
        private final Values bean;
        private final String property;

        NoParts(Values bean, String property) {
            this.bean = bean;
            this.property = property;
        }

        @Override
        public @Nullable Object put(String part, Object value) {
            bean.setPart(property, part, String.valueOf(value));
            return null;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return Set.of();
        }
    }
}
