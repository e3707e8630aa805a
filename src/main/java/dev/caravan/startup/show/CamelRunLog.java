package dev.caravan.startup.show;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * {@code camel run} has a log of its own, in which Camel names addresses that it doesn't listen on ({@code 0.0.0.0}, whatever the host) and the times of
 * schedules that are off. What is true of both is said by Caravan's own lines, as in the jar, whose log leaves those out.
 */
public final class CamelRunLog {
    private static final String ITS_MAIN = "org.apache.camel.main.KameletMain";
    private static final List<String> MISLEADING =
            List.of("org.apache.camel.component.platform.http", "org.apache.camel.component.quartz", "org.quartz");

    private CamelRunLog() {}

    /** What somebody gave a level stays at that. */
    public static void quiet(CamelContext context) {
        boolean camelRun = context.getClassResolver().resolveClass(ITS_MAIN) != null;
        if (camelRun && LogManager.getContext(false) instanceof LoggerContext log) {
            MISLEADING.stream()
                    .filter(name -> !log.getConfiguration().getLoggers().containsKey(name))
                    .forEach(name -> Configurator.setLevel(name, Level.WARN));
        }
    }
}
