package dev.caravan.startup;

import dev.caravan.text.Shown;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why Caravan can't do something, for a person: no stack trace, the words of what is really wrong. */
public final class Problem {
    private Problem() {}

    /** Why Caravan can't start: the configuration's faults if it has any, else {@link #reason}. */
    public static String inWords(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof ConfigurationFaults) {
                return t.toString();
            }
        }
        return "Caravan can't start: " + reason(thrown);
    }

    /** The outermost message, and the innermost if that says more. */
    public static String reason(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        if (innermost instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile() + " in " + Path.of("").toAbsolutePath()
                    + ": start Caravan in the folder that has application.properties and routes/";
        }
        String outer = Shown.line(String.valueOf(thrown.getMessage()));
        String inner = Shown.line(String.valueOf(innermost.getMessage()));
        return outer.contains(inner) ? outer : outer + "\n  because: " + inner;
    }
}
