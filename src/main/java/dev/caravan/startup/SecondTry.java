package dev.caravan.startup;

import dev.caravan.operate.reload.RouteCheck;
import dev.caravan.startup.check.ConfigurationFaults;
import dev.caravan.startup.check.Problem;
import dev.caravan.startup.check.RouteTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Resource;

/**
 * A start that Camel gave up before Caravan could check the rest: it stops at the first file that it can't read, class that isn't there, or placeholder
 * without a value. It is tried once more without them, only to find everything else.
 */
final class SecondTry {
    private final FirstCheck first;
    private final List<String> faults;
    private final Map<String, String> without = new TreeMap<>();
    private boolean complete = true;

    /** @param failed what Camel gave up */
    SecondTry(CamelContext failed) {
        first = FirstCheck.of(failed, true);
        faults = new ArrayList<>(first.faults());
        without.putAll(first.standIns());
        List<String> readable = new ArrayList<>();
        for (Resource file : RouteTexts.files(failed, FirstCheck.patterns(failed))) {
            String name = file.getLocation().replaceFirst("^file:", "");
            boolean checked = first.faults().stream().anyMatch(fault -> fault.startsWith(name));
            Optional<String> words = RouteCheck.unreadable(failed, file, checked);
            if (words.isEmpty()) {
                readable.add(file.getLocation());
            } else {
                complete = false;
                words.filter(fault -> !fault.isEmpty()).ifPresent(faults::add);
            }
        }
        without.put(FirstCheck.ROUTES, String.join(",", readable));
    }

    /** Every fault; empty if it is none of the configuration's. */
    Optional<ConfigurationFaults> faults() {
        if (faults.isEmpty()) {
            return Optional.empty();
        }
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation(Installation.PROPERTIES);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                CamelContext context = starting.getCamelContext();
                without.forEach(context.getPropertiesComponent()::addOverrideProperty);
                context.getPropertiesComponent().addOverrideProperty(Application.FAIL_FAST, "false");
                FirstCheck.bind(context, new FirstCheck(faults, first.beans(), complete, false, Map.of()));
            }
        });
        try {
            main.run();
            return Optional.of(new ConfigurationFaults(faults));
        } catch (Exception e) {
            return Optional.of(Problem.faults(e).orElseGet(() -> new ConfigurationFaults(faults)));
        }
    }
}
