package dev.caravan.startup;

import dev.caravan.base.OutOfMemory;
import dev.caravan.operate.reload.RouteProblem;
import dev.caravan.startup.check.ConfigurationFaults;
import dev.caravan.startup.check.Problem;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the folder in which the process was started, until they are stopped. */
public final class Application {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    static final String FAIL_FAST = "camel.main.autoConfigurationFailFast";

    private Application() {}

    /**
     * Runs them.
     *
     * @param arguments Camel Main's own options
     * @param whenStarted given what stops them, when all of them have started; it has to return soon
     * @param err hears why Caravan can't start
     * @return 0 after a stop, 1 if Caravan can't start
     */
    public static int run(String[] arguments, Consumer<Runnable> whenStarted, PrintWriter err) {
        OutOfMemory.watchThreads();
        if (!OutOfMemory.endsTheJvm()) {
            LOG.warn(
                    "Java was started without -XX:+{}: write it before -jar, so that a process without memory ends at once, and"
                            + " others take up its batches",
                    OutOfMemory.OPTION);
        }
        Main main = new Main();
        Starting starting = new Starting();
        main.setDefaultPropertyPlaceholderLocation(Installation.PROPERTIES);
        main.addMainListener(new MainListenerSupport() {
            /** Camel would stop at the first that it sees: there may be more to say. */
            @Override
            public void beforeConfigure(BaseMainSupport configured) {
                CamelContext context = configured.getCamelContext();
                if (!FirstCheck.of(context, true).faults().isEmpty()) {
                    context.getPropertiesComponent().addOverrideProperty(FAIL_FAST, "false");
                }
            }

            @Override
            public void afterStart(BaseMainSupport started) {
                starting.end();
                whenStarted.accept(main::completed);
            }
        });
        try {
            main.run(arguments);
            return main.getExitCode();
        } catch (Exception e) {
            if (!starting.end()) {
                return 0;
            }
            err.println(inWords(Optional.ofNullable(main.getCamelContext()), e));
            return 1;
        }
    }

    private static String inWords(Optional<CamelContext> context, Exception thrown) {
        if (Problem.faults(thrown).isPresent()) {
            return Problem.inWords(thrown);
        }
        return context.flatMap(camel -> new SecondTry(camel).faults())
                .map(ConfigurationFaults::toString)
                .or(() -> context.flatMap(camel -> RouteProblem.inWords(camel, thrown))
                        .map(words -> "Caravan can't start: " + words))
                .orElseGet(() -> Problem.inWords(thrown));
    }
}
