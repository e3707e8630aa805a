package dev.caravan.pipeline.redshifttopostgres.mirror;

import dev.caravan.base.property.BeanConfigurer;
import dev.caravan.base.property.Values;
import java.util.Map;
import java.util.Optional;

/** Sets a mirror's properties for Camel, which finds this class in {@code META-INF/services/org/apache/camel/configurer/TableMirror}. */
public final class TableMirrorConfigurer extends BeanConfigurer {
    public TableMirrorConfigurer() {
        super(MirrorProperties.ALL);
    }

    /** A mirror with these properties; {@link Mirrors#faults} says what is wrong with them. */
    public static TableMirror mirror(Map<String, String> properties) {
        TableMirror mirror = new TableMirror();
        properties.forEach(mirror::set);
        return mirror;
    }

    @Override
    protected Optional<Values> values(Object bean) {
        return bean instanceof TableMirror mirror ? Optional.of(mirror.values()) : Optional.empty();
    }
}
