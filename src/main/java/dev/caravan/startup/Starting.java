package dev.caravan.startup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A start that isn't over yet: who stops the process meanwhile reads one line, and none of what can't be had any more. */
final class Starting {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final Thread hook = new Thread(() -> LOG.info("Stopping, before all has started"));

    Starting() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * It is over, well or not.
     *
     * @return whether that is so by itself, and not because the process is being stopped
     */
    boolean end() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
