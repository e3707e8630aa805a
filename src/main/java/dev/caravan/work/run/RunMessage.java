package dev.caravan.work.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.tell.Announcement;
import dev.caravan.tell.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The message about a run that is over: {@code what} ({@code synced} or {@code syncFailed}, {@code mirrored} or {@code mirrorFailed}), {@code severity}, its name as
 * {@code sync} or {@code mirror}, {@code run, planned, ended, millis}, its counts, {@code faults} and {@code warnings}, of which there are 100 at most.
 */
public final class RunMessage {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST = 100;
    private static final int LONGEST = 1_000;

    private RunMessage() {}

    /** What runs, in the words of its message. */
    public enum Of {
        SYNC("sync", "synced"),
        MIRROR("mirror", "mirrored");

        private final String noun;
        private final String done;

        Of(String noun, String done) {
            this.noun = noun;
            this.done = done;
        }
    }

    public static Announcement of(Of of, Run run, RunEnd end, Instant now) {
        boolean good = end.status() == RunStatus.COMPLETE;
        Severity severity = !good ? Severity.ERROR : end.warnings().isEmpty() ? Severity.INFO : Severity.WARNING;
        String what = good ? of.done : of.noun + "Failed";
        ObjectNode json = JSON.createObjectNode();
        json.put("what", what);
        json.put("severity", severity.word());
        json.put(of.noun, run.name());
        json.put("run", run.id());
        json.put("planned", run.planned().toString());
        json.put("ended", now.toString());
        json.put("millis", Duration.between(run.planned(), now).toMillis());
        end.counts().forEach(json::put);
        put(json.putArray("faults"), end.faults());
        put(json.putArray("warnings"), end.warnings());
        return new Announcement(
                run.id() + " " + what,
                what,
                severity,
                good
                        ? "Caravan: " + run.name() + " " + of.done + ", " + end.reason()
                        : "Caravan: " + run.name() + " NOT " + of.done.toUpperCase(Locale.ROOT) + ", run " + run.id(),
                json.toString());
    }

    private static void put(ArrayNode array, List<String> texts) {
        texts.stream()
                .limit(MOST)
                .map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…")
                .forEach(array::add);
    }
}
