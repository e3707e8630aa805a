package dev.caravan.cli.shell;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How far a long command is: on a terminal one line that is written over, else a line every 10 s. */
public final class Progress implements AutoCloseable {
    private static final long ON_TERMINAL = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long ELSEWHERE = TimeUnit.SECONDS.toNanos(10);
    private static final String BEGINNING_OF_LINE = "\r\033[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier nanoClock;
    private long next;
    private boolean shown;

    /** @param err where it is told; results go elsewhere */
    public Progress(PrintWriter err) {
        this(err, Optional.ofNullable(System.console()).isPresent(), System::nanoTime);
    }

    public Progress(PrintWriter err, boolean terminal, LongSupplier nanoClock) {
        this.err = err;
        this.terminal = terminal;
        this.nanoClock = nanoClock;
        next = nanoClock.getAsLong() + (terminal ? ON_TERMINAL : ELSEWHERE);
    }

    /** Tells it if it is time. */
    public void tell(Supplier<String> line) {
        long now = nanoClock.getAsLong();
        if (now < next) {
            return;
        }
        next = now + (terminal ? ON_TERMINAL : ELSEWHERE);
        if (terminal) {
            Terminal.printRaw(err, BEGINNING_OF_LINE);
            err.print(line.get());
            err.flush();
            shown = true;
        } else {
            err.println(line.get());
        }
    }

    @Override
    public void close() {
        if (shown) {
            Terminal.printRaw(err, BEGINNING_OF_LINE);
            err.flush();
            shown = false;
        }
    }
}
