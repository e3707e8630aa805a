package dev.caravan.startup;

import dev.caravan.health.OutOfMemory;
import dev.caravan.reload.RouteProblem;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the folder in which the process was started, until they are stopped. */
public final class Application {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

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
        main.setDefaultPropertyPlaceholderLocation(Installation.PROPERTIES);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                whenStarted.accept(main::completed);
            }
        });
        try {
            main.run(arguments);
            return main.getExitCode();
        } catch (Exception e) {
            err.println(Optional.ofNullable(main.getCamelContext())
                    .flatMap(context -> RouteProblem.inWords(context, e))
                    .map(words -> "Caravan can't start: " + words)
                    .orElseGet(() -> Problem.inWords(e)));
            return 1;
        }
    }
}
