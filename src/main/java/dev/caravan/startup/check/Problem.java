package dev.caravan.startup.check;

import dev.caravan.base.Shown;
import java.util.Optional;

/** Why Caravan can't do something, for a person: no stack trace, the words of what is really wrong. */
public final class Problem {
    private Problem() {}

    /** Why Caravan can't start: the configuration's faults if it has any, else {@link #reason}. */
    public static String inWords(Throwable thrown) {
        return faults(thrown)
                .map(ConfigurationFaults::toString)
                .orElseGet(() -> "Caravan can't start: " + reason(thrown));
    }

    /** The configuration's faults, if they are the reason. */
    public static Optional<ConfigurationFaults> faults(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof ConfigurationFaults faults) {
                return Optional.of(faults);
            }
        }
        return Optional.empty();
    }

    /** The configuration's faults; else the outermost message, and the innermost if that says more. */
    public static String reason(Throwable thrown) {
        Optional<ConfigurationFaults> faults = faults(thrown);
        if (faults.isPresent()) {
            return faults.get().report();
        }
        Throwable innermost = thrown;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String outer = Shown.line(String.valueOf(thrown.getMessage()));
        String inner = Shown.line(String.valueOf(innermost.getMessage()));
        return outer.contains(inner) ? outer : outer + "\n  because: " + inner;
    }
}
