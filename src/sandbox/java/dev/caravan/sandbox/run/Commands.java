package dev.caravan.sandbox.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives Caravan's commands, as a person would, and shows what they say. */
public final class Commands {
    private final Cleanup cleanup;
    private final Progress progress;
    private final Map<String, String> environment;
    private final Installation installation;
    private final Instant end;

    /** @param end when all of them have to be over */
    public Commands(
            Cleanup cleanup,
            Progress progress,
            Map<String, String> environment,
            Installation installation,
            Instant end) {
        this.cleanup = cleanup;
        this.progress = progress;
        this.environment = environment;
        this.installation = installation;
        this.end = end;
    }

    /** One that has to succeed. Throws {@link RunFailure} if it doesn't, or isn't over in time. */
    public void run(String... words) {
        Said said = give(words);
        if (said.exitCode() != 0) {
            throw failure(said, "failed", words);
        }
    }

    /** One that Caravan has to refuse: what it says. Throws {@link RunFailure} if it succeeds, or isn't over in time. */
    public List<String> refused(String... words) {
        Said said = give(words);
        if (said.exitCode() == 0) {
            throw failure(said, "was not refused", words);
        }
        return said.lines();
    }

    /** Compares both sides of a sync; says what differs, if anything. */
    public Optional<String> compare(String sync) {
        int exitCode = give("verify", "sync", sync).exitCode();
        return exitCode == 0
                ? Optional.empty()
                : Optional.of(
                        "caravan verify sync " + sync + " found a difference, see above (exit code " + exitCode + ")");
    }

    private record Said(int exitCode, List<String> lines) {}

    private RunFailure failure(Said said, String what, String... words) {
        return new RunFailure("caravan " + String.join(" ", words) + " " + what + " (exit code " + said.exitCode()
                + "); Caravan's log is " + installation.log());
    }

    private Said give(String... words) {
        progress.done("$ caravan " + String.join(" ", words));
        Path folder = installation.folder();
        CaravanCommand command = cleanup.start(() -> CaravanCommand.start(environment, folder, List.of(words)));
        List<String> lines = new ArrayList<>();
        int exitCode = command.follow(Duration.between(Instant.now(), end), line -> {
            progress.done("  " + line);
            lines.add(line);
        });
        cleanup.requireOpen(); // else it was ended, and so is this
        return new Said(exitCode, lines);
    }
}
