package dev.caravan.startup.setting;

import dev.caravan.base.property.Property;
import dev.caravan.base.property.PropertySet;
import java.util.stream.Stream;

/** All of Caravan's own settings. */
public final class AllSettings {
    public static final PropertySet ALL = PropertySet.of(
            "Caravan",
            Stream.of(FirstSettings.ALL, FurtherSettings.ALL)
                    .flatMap(set -> set.all().stream())
                    .toArray(Property<?>[]::new));

    private AllSettings() {}
}
