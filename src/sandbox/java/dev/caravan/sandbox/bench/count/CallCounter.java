package dev.caravan.sandbox.bench.count;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.CallDropped;
import dev.caravan.sandbox.faults.Observer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the calls of the product, in the emulators' process, and delays each by the latency that a network would add. */
public final class CallCounter implements Observer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern RECEIPT = Pattern.compile("\"ReceiptHandle\"\\s*:\\s*\"([^\"#]+)");
    private static final int BILLED_CHUNK = 64 * 1024;
    private static final long NEVER = 0;

    private final Duration latency;
    private final Map<String, Calls> calls = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Ack> acks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acked = new AtomicInteger();
    private final AtomicInteger receiving = new AtomicInteger();
    private final AtomicLong firstAsked = new AtomicLong(NEVER);
    private final AtomicLong firstReceived = new AtomicLong(NEVER);

    public CallCounter(Duration latency) {
        this.latency = latency;
    }

    /** Begins anew. */
    public void reset() {
        calls.clear();
        acks.clear();
        acked.set(0);
        firstAsked.set(NEVER);
        firstReceived.set(NEVER);
    }

    public Snapshot snapshot() {
        return new Snapshot(
                List.copyOf(calls.values()), receiving.get(), acked.get(), firstAsked.get(), firstReceived.get());
    }

    public List<Ack> acks() {
        return List.copyOf(acks);
    }

    @Override
    public void before(Call call) {
        if (call.service().equals("redshift")) {
            return;
        }
        if (isReceive(call)) {
            receiving.incrementAndGet();
            firstAsked.compareAndSet(NEVER, now());
        }
        delay();
    }

    @Override
    public void after(Call call) {
        if (call.service().equals("redshift")) {
            return;
        }
        if (isReceive(call)) {
            receiving.decrementAndGet();
            if (call.answer().contains("ReceiptHandle")) {
                firstReceived.compareAndSet(NEVER, now());
            }
        }
        if (call.operation().startsWith("DeleteMessage")) {
            acknowledge(call.text());
        }
        Calls one = new Calls(
                call.service(), call.operation(), call.step(), 1, isRefused(call) ? 1 : 0, units(call), requests(call));
        calls.merge(call.step() + " " + call.operation(), one, Calls::plus);
    }

    private void acknowledge(String deletion) {
        long now = now();
        Matcher receipts = RECEIPT.matcher(deletion);
        while (receipts.find()) {
            acks.add(new Ack(receipts.group(1), now));
            acked.incrementAndGet();
        }
    }

    private void delay() {
        if (latency.isZero()) {
            return;
        }
        try {
            Thread.sleep(latency.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallDropped();
        }
    }

    private static boolean isReceive(Call call) {
        return call.operation().equals("ReceiveMessage");
    }

    private static boolean isRefused(Call call) {
        return call.service().equals("dynamodb") && call.answer().contains("\"__type\"");
    }

    private static long requests(Call call) {
        int longest = Math.max(bytes(call.text()), bytes(call.answer()));
        return Math.max(1, (longest + BILLED_CHUNK - 1) / BILLED_CHUNK);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static double units(Call call) {
        if (!call.answer().contains("ConsumedCapacity")) {
            return 0;
        }
        try {
            if (call.operation().equals("TransactWriteItems")) {
                return TransactionUnits.of(JSON.readTree(call.text()));
            }
            // Of several tables an array, of one an object.
            return JSON.readTree(call.answer()).path("ConsumedCapacity").findValues("CapacityUnits").stream()
                    .mapToDouble(JsonNode::asDouble)
                    .sum();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("DynamoDB speaks no JSON", e);
        }
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /**
     * A message was deleted from the queue: what it tells of is in the ledger.
     *
     * @param message SQS's id of it
     * @param micros since 1970
     */
    public record Ack(String message, long micros) {}

    /**
     * What was counted since the last reset. Times are microseconds since 1970, 0 for never.
     *
     * @param receiving calls of ReceiveMessage that are not answered yet
     * @param acked messages that were deleted
     * @param firstAsked when a client first asked for messages
     * @param firstReceived when one was first given some
     */
    public record Snapshot(List<Calls> calls, int receiving, int acked, long firstAsked, long firstReceived) {}
}
