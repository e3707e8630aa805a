package dev.caravan.startup;

import java.util.List;

/** Caravan can't start as it is configured. The message lists every fault, a line each, with its file, key, value and what to do. */
public final class ConfigurationFaults extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationFaults(List<String> faults) {
        super(
                "Caravan can't start, " + (faults.size() == 1 ? "1 fault" : faults.size() + " faults")
                        + " in its configuration:\n"
                        + String.join("\n", faults.stream().map(f -> "  - " + f).toList()),
                null,
                false,
                false);
    }
}
