package dev.caravan.startup;

import dev.caravan.startup.check.ConfigurationFaults;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Camel's main, of which only the configuration is wanted: no route is started, no console, no thread. */
final class QuietMain {
    private static final Map<String, String> NOTHING_RUNS = Map.of(
            "camel.main.routesReloadEnabled", "false",
            "camel.main.configurationClasses", NoBeans.class.getName(),
            "camel.management.enabled", "false",
            "camel.metrics.enabled", "false");

    private QuietMain() {}

    /**
     * Reads the configuration as the application would; throws Camel's exceptions for a file that can't be understood.
     *
     * @throws ConfigurationFaults if what is written can't be what is meant
     */
    static Main read() {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation(Installation.PROPERTIES);
        NOTHING_RUNS.forEach(main::addOverrideProperty);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                List<String> faults =
                        FirstCheck.ofCommand(starting.getCamelContext()).faults();
                if (!faults.isEmpty()) {
                    throw new ConfigurationFaults(faults);
                }
            }
        });
        main.init();
        return main;
    }

    /** In the place of {@link CaravanConfiguration}. */
    public static final class NoBeans implements CamelConfiguration {
        @Override
        public void configure(CamelContext context) {
            // nothing is started that could need them
        }
    }
}
