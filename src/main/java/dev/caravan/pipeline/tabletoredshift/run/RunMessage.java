package dev.caravan.pipeline.tabletoredshift.run;

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

/**
 * The message about a run that is over: {@code what} ({@code synced} or {@code syncFailed}), {@code severity, sync, run, planned, ended, millis}, the counts
 * {@code tables, failedTables, rows, bytes, deleted}, {@code faults} and {@code warnings}, of which there are 100 at most.
 */
final class RunMessage {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST = 100;
    private static final int LONGEST = 1_000;

    private RunMessage() {}

    static Announcement of(Run run, RunEnd end, Instant now) {
        boolean good = end.status() == RunStatus.COMPLETE;
        Severity severity = !good ? Severity.ERROR : end.warnings().isEmpty() ? Severity.INFO : Severity.WARNING;
        String what = good ? "synced" : "syncFailed";
        ObjectNode json = JSON.createObjectNode();
        json.put("what", what);
        json.put("severity", severity.word());
        json.put("sync", run.name());
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
                        ? "Caravan: " + run.name() + " synced, " + end.reason()
                        : "Caravan: " + run.name() + " NOT SYNCED, run " + run.id(),
                json.toString());
    }

    private static void put(ArrayNode array, List<String> texts) {
        texts.stream()
                .limit(MOST)
                .map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…")
                .forEach(array::add);
    }
}
