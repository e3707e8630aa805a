package dev.caravan.sandbox.run;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/** Tells a person how far a run is: in one line that changes on a terminal, in plain lines elsewhere. */
public final class Progress {
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(1).toNanos();

    private final PrintStream out;
    private final boolean terminal;
    private String current = "";
    private long printed = System.nanoTime() - NANOS_BETWEEN_LINES;

    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether standard output is a terminal. Java has no portable question for it: its console is about standard input as well. */
    public static boolean isTerminal() {
        try {
            return new ProcessBuilder("test", "-t", "1").inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What is being done now; elsewhere than on a terminal, at most one such line a second. */
    public synchronized void doing(String text) {
        if (text.equals(current)) {
            return;
        }
        if (terminal) {
            out.print("\r" + text + "\u001b[K");
            out.flush();
            current = text;
        } else if (System.nanoTime() - printed > NANOS_BETWEEN_LINES) {
            out.println(text);
            printed = System.nanoTime();
            current = text;
        }
    }

    /** What has been done: a line that stays. */
    public synchronized void done(String text) {
        out.println(terminal ? "\r" + text + "\u001b[K" : text);
        current = "";
    }

    /** Ends a line that was changing, before something else is written. */
    public synchronized void interrupted() {
        if (terminal && !current.isEmpty()) {
            out.println();
            current = "";
        }
    }
}
