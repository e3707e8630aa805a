package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.base.property.BeanConfigurer;
import dev.caravan.base.property.Values;
import java.util.Map;
import java.util.Optional;

/** Sets a sync's properties for Camel, which finds this class in {@code META-INF/services/org/apache/camel/configurer/TableSync}. */
public final class TableSyncConfigurer extends BeanConfigurer {
    public TableSyncConfigurer() {
        super(SyncProperties.ALL);
    }

    /** A sync with these properties; {@link Syncs#faults} says what is wrong with them. */
    public static TableSync sync(Map<String, String> properties) {
        TableSync sync = new TableSync();
        properties.forEach(sync::set);
        return sync;
    }

    @Override
    protected Optional<Values> values(Object bean) {
        return bean instanceof TableSync sync ? Optional.of(sync.values()) : Optional.empty();
    }
}
