package dev.caravan.cli.shell;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Does something again and again until the process is told to stop, which is no failure. */
public final class Watch {
    private final PrintWriter err;
    private final int seconds;

    /** @param err for what goes wrong between two times that go well */
    public Watch(PrintWriter err, int seconds) {
        this.err = err;
        this.seconds = seconds;
    }

    /** What is done each time. */
    public interface Look {
        void look() throws CommandFailed;
    }

    /** Returns when this thread is interrupted; throws what goes wrong the first time. A signal ends the process with exit code 0. */
    public void repeat(Look look) throws CommandFailed {
        Thread end = new Thread(() -> Runtime.getRuntime().halt(0), "end-of-watch");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            look.look();
            while (slept()) {
                try {
                    look.look();
                } catch (CommandFailed e) {
                    Terminal.print(err, "caravan: " + e.getMessage());
                }
            }
        } finally {
            boolean unused = Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private boolean slept() {
        try {
            TimeUnit.SECONDS.sleep(seconds);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
