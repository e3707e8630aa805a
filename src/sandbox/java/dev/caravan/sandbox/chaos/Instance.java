package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.run.CaravanProcess;
import dev.caravan.sandbox.run.RunFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A place in which one process after another runs. Any thread may call. */
final class Instance implements AutoCloseable {
    private final int number;
    private final Map<String, String> environment;
    private int starts;
    private Path log = Path.of("");
    private CaravanProcess process;
    private boolean ready;
    private boolean paused;
    private boolean closed;

    Instance(int number, Map<String, String> environment) {
        this.number = number;
        this.environment = environment;
        process = next();
    }

    private CaravanProcess next() {
        starts++;
        ready = false;
        paused = false;
        log = Workplace.FOLDER.resolve("instance-%d-%d.log".formatted(number, starts));
        return CaravanProcess.start(environment, log, Workplace.FOLDER);
    }

    /** Kills the process and starts the next. */
    synchronized void replace() {
        if (!closed) {
            process.kill();
            process = next();
        }
    }

    /** The process that stands still now; empty if it did already. */
    synchronized Optional<CaravanProcess> pause() {
        if (paused || closed) {
            return Optional.empty();
        }
        paused = true;
        process.pause();
        return Optional.of(process);
    }

    /** Lets a process go on that stands still; does nothing to one that has been killed meanwhile. */
    synchronized void resume(CaravanProcess frozen) {
        frozen.resume();
        if (frozen == process) {
            paused = false;
        }
    }

    /** Starts the next process if this one ended by itself, and says so. */
    Optional<String> supervise() {
        synchronized (this) {
            if (!closed && !process.isAlive()) {
                String words = "instance %d ended by itself %s (%s)"
                        .formatted(number, ready ? "when it was up" : "while it started", log);
                process = next();
                return Optional.of(words);
            }
        }
        askWhetherReady();
        return Optional.empty();
    }

    /** Not while locked: the answer may take a while. */
    private void askWhetherReady() {
        CaravanProcess asked;
        synchronized (this) {
            if (ready || paused) {
                return;
            }
            asked = process;
        }
        boolean answer;
        try {
            answer = asked.isReady();
        } catch (RunFailure killedMeanwhile) {
            return;
        }
        synchronized (this) {
            ready = asked == process && answer;
        }
    }

    synchronized CaravanProcess process() {
        return process;
    }

    synchronized boolean isUp() {
        return ready && !paused;
    }

    synchronized Optional<String> state() {
        return paused
                ? Optional.of("instance %d stands still".formatted(number))
                : ready ? Optional.empty() : Optional.of("instance %d starts".formatted(number));
    }

    @Override
    public synchronized void close() {
        closed = true;
        process.close();
    }
}
