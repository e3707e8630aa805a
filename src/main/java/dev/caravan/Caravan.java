package dev.caravan;

import dev.caravan.startup.Problem;
import org.apache.camel.main.Main;

/** The application's main: runs the routes. */
public final class Caravan {
    private Caravan() {}

    /** Exit code 0 after a stop, 1 if Caravan can't start: then the reason is on standard error. */
    public static void main(String[] args) {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation(
                "file:application.properties;optional=true,classpath:application.properties;optional=true");
        int exit;
        try {
            main.run(args);
            exit = main.getExitCode();
        } catch (Exception e) {
            System.err.println(Problem.inWords(e));
            exit = 1;
        }
        System.exit(exit);
    }
}
