package dev.caravan.startup.check;

import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import java.util.List;

/** Caravan can't start as it is configured. Its text lists every fault, a line each, with its file, key, value and what to do. */
public final class ConfigurationFaults extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public ConfigurationFaults(List<String> faults) {
        super(Quantity.count(faults.size(), "fault") + " in its configuration", null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** Every fault, a line each. */
    public List<String> faults() {
        return faults;
    }

    /** The whole report: what a log or a terminal prints of this exception. Its message is short, for Camel logs that as well. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return "Caravan can't start, " + report();
    }

    /** The same for a command: how many, and a line each. */
    String report() {
        return Quantity.count(faults.size(), "fault") + " in its configuration:\n"
                + String.join(
                        "\n",
                        faults.stream().map(fault -> "  - " + Shown.line(fault)).toList());
    }
}
