package dev.caravan.startup;

/** Why Caravan can't start, for a person: no stack trace, the words of what is really wrong. */
public final class Problem {
    private Problem() {}

    /** The configuration's faults if it has any, else the innermost message with the kind of failure in front. */
    public static String inWords(Throwable thrown) {
        Throwable innermost = thrown;
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof ConfigurationFaults) {
                return t.toString();
            }
            innermost = t;
        }
        String outer = String.valueOf(thrown.getMessage());
        String inner = String.valueOf(innermost.getMessage());
        return "Caravan can't start: " + (outer.contains(inner) ? outer : outer + "\n  because: " + inner);
    }
}
