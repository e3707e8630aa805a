package dev.caravan.sandbox.demo.tables;

import dev.caravan.sandbox.run.CaravanCommand;
import dev.caravan.sandbox.run.Cleanup;
import dev.caravan.sandbox.run.Progress;
import dev.caravan.sandbox.run.RunFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives Caravan's commands, as a person would, and shows what they say. */
final class Commands {
    private final Cleanup cleanup;
    private final Progress progress;
    private final Map<String, String> environment;
    private final Instant end;

    /** @param end when all of them have to be over */
    Commands(Cleanup cleanup, Progress progress, Map<String, String> environment, Instant end) {
        this.cleanup = cleanup;
        this.progress = progress;
        this.environment = environment;
        this.end = end;
    }

    /** One that has to succeed. Throws {@link RunFailure} if it doesn't, or isn't over in time. */
    void run(String... words) {
        int exitCode = exitCode(words);
        if (exitCode != 0) {
            throw new RunFailure("caravan " + String.join(" ", words) + " failed (exit code " + exitCode
                    + "); Caravan's log is " + ShopInstallation.LOG);
        }
    }

    /** Compares both sides of a sync; says what differs, if anything. */
    Optional<String> compare(String sync) {
        int exitCode = exitCode("verify", "sync", sync);
        return exitCode == 0
                ? Optional.empty()
                : Optional.of(
                        "caravan verify sync " + sync + " found a difference, see above (exit code " + exitCode + ")");
    }

    private int exitCode(String... words) {
        progress.done("$ caravan " + String.join(" ", words));
        CaravanCommand command =
                cleanup.start(() -> CaravanCommand.start(environment, ShopInstallation.FOLDER, List.of(words)));
        int exitCode = command.follow(Duration.between(Instant.now(), end), line -> progress.done("  " + line));
        cleanup.requireOpen(); // else it was ended, and so is this
        return exitCode;
    }
}
