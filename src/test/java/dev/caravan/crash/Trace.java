package dev.caravan.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.crash.Case.KillPoint;
import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.CallDropped;
import dev.caravan.sandbox.faults.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes down the steps of every case, and kills at the armed ones. */
final class Trace implements Observer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CASE = Pattern.compile("case\\d{4}");

    private final Map<String, String> caseOfReceipt = new ConcurrentHashMap<>();
    private final Map<String, List<Step>> before = new ConcurrentHashMap<>();
    private final Map<String, List<Step>> after = new ConcurrentHashMap<>();
    private final Map<String, Armed> armed = new ConcurrentHashMap<>();

    private record Armed(KillPoint point, Runnable kill, CompletableFuture<Void> killed) {}

    /** Writes down the steps of a case from now on: what makes its table isn't one. */
    void follow(Case of) {
        before.put(of.name(), new ArrayList<>());
        after.put(of.name(), new ArrayList<>());
    }

    /** The steps of a case that were begun, in order. */
    List<Step> steps(Case of) {
        List<Step> steps = before.getOrDefault(of.name(), List.of());
        synchronized (steps) {
            return List.copyOf(steps);
        }
    }

    /**
     * Kills when the case comes to its kill point.
     *
     * @param kill returns when the process is dead
     * @return completes then
     */
    CompletableFuture<Void> arm(Case of, Runnable kill) {
        CompletableFuture<Void> killed = new CompletableFuture<>();
        armed.put(of.name(), new Armed(of.kill().orElseThrow(), kill, killed));
        return killed;
    }

    @Override
    public void before(Call call) {
        see(call, before, false);
    }

    @Override
    public void after(Call call) {
        if (call.operation().equals("ReceiveMessage")) {
            remember(call);
        }
        see(call, after, true);
    }

    private void see(Call call, Map<String, List<Step>> seen, boolean isAfter) {
        Optional<String> of = call.isRead() ? Optional.empty() : caseOf(call).filter(seen::containsKey);
        if (of.isEmpty()) {
            return;
        }
        Step step = note(call, seen.getOrDefault(of.get(), new ArrayList<>()));
        Armed waiting = armed.get(of.get());
        if (waiting != null && waiting.point().equals(new KillPoint(step, isAfter))) {
            armed.remove(of.get());
            waiting.kill().run();
            waiting.killed().complete(null);
            throw new CallDropped();
        }
    }

    private static Step note(Call call, List<Step> steps) {
        synchronized (steps) {
            long earlier = steps.stream()
                    .filter(step -> step.name().equals(call.step()))
                    .count();
            Step step = new Step(call.step(), Math.toIntExact(earlier) + 1);
            steps.add(step);
            return step;
        }
    }

    private Optional<String> caseOf(Call call) {
        if (call.service().equals("sqs") && call.text().contains("ReceiptHandle")) {
            return receipts(json(call.text())).stream()
                    .map(caseOfReceipt::get)
                    .filter(Objects::nonNull)
                    .findFirst();
        }
        return named(call.text());
    }

    /** A message is deleted by its receipt, which says nothing of what is in the message. */
    private void remember(Call call) {
        for (JsonNode message : json(call.answer()).path("Messages")) {
            named(message.path("Body").asText())
                    .ifPresent(name ->
                            caseOfReceipt.put(message.path("ReceiptHandle").asText(), name));
        }
    }

    private static List<String> receipts(JsonNode request) {
        return request.findValuesAsText("ReceiptHandle");
    }

    static Optional<String> named(String text) {
        Matcher matcher = CASE.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
