package dev.caravan.startup;

import dev.caravan.text.Shown;
import java.util.List;

/** Caravan can't start as it is configured. Its text lists every fault, a line each, with its file, key, value and what to do. */
public final class ConfigurationFaults extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    ConfigurationFaults(List<String> faults) {
        super(count(faults) + " in its configuration", null, false, false);
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
        return "Caravan can't start, " + count(faults) + " in its configuration:\n"
                + String.join(
                        "\n",
                        faults.stream().map(fault -> "  - " + Shown.line(fault)).toList());
    }

    private static String count(List<String> faults) {
        return faults.size() == 1 ? "1 fault" : faults.size() + " faults";
    }
}
