package dev.caravan.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.bench.count.CallCounter;
import dev.caravan.sandbox.bench.count.Calls;
import dev.caravan.sandbox.bench.count.Counted;
import dev.caravan.sandbox.bench.count.Prices;
import dev.caravan.sandbox.faults.Call;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What the bench makes of what it has seen. */
class FiguresTest {
    private static final Offset<Double> EXACTLY = Offset.offset(1e-9);

    @Test
    void aPercentileIsTheSmallestValueThatSoManyAreNotAbove() {
        Percentiles hundred = new Percentiles(
                IntStream.rangeClosed(1, 100).asDoubleStream().boxed().toList());

        assertThat(hundred.median()).isEqualTo(50);
        assertThat(hundred.at(95)).isEqualTo(95);
        assertThat(hundred.at(100)).isEqualTo(100);
        assertThat(new Percentiles(List.of(7.0)).at(99)).isEqualTo(7);
        assertThat(new Percentiles(List.of(3.0, 1.0, 2.0)).median()).isEqualTo(2);
        assertThatThrownBy(() -> new Percentiles(List.of())).hasMessage("no values, so no percentiles");
    }

    @Test
    void aMillionFilesCostWhatTheirCallsDo() {
        Counted counted = new Counted(List.of(
                new Calls("dynamodb", "TransactWriteItems", "ledger add", 1, 0, 8, 1),
                new Calls("dynamodb", "Query", "ledger files", 1, 0, 2, 1),
                new Calls("sqs", "ReceiveMessage", "sqs ReceiveMessage", 1, 0, 0, 2),
                new Calls("s3", "PutObject", "s3 PutObject", 1, 0, 0, 1),
                new Calls("s3", "GetObject", "s3 GetObject", 1, 0, 0, 1),
                new Calls("sns", "Publish", "sns Publish", 1, 0, 0, 1)));

        assertThat(Prices.ofMillionFiles(counted, 2, 2))
                .isCloseTo((8 * 0.625 + 2 * 0.125 + (2 + 2) * 0.40 + 5.00 + 0.40 + 0.50) / 2, EXACTLY);
    }

    @Test
    void figuresAreOneALine() {
        Figures figures =
                new Figures().put("files/s", 1234.56).put("WCU a file", 11.666).put("lost", 0);

        assertThat(figures).hasToString("files/s: 1,235\nWCU a file: 11.7\nlost: 0\n");
        assertThat(figures.value("lost")).isEqualTo("0");
        assertThat(figures.isGood()).isTrue();
        assertThat(new Figures().put("doubled", 1).isGood()).isFalse();
        assertThat(List.of(Figures.number(0.0123), Figures.number(0.5), Figures.number(5.25)))
                .containsExactly("0.0123", "0.500", "5.25");
    }

    @Test
    void callsAreCountedWithTheirCapacityAndWhatIsBilled() {
        CallCounter counter = new CallCounter(Duration.ZERO);
        pass(
                counter,
                Call.of(
                        "dynamodb",
                        "TransactWriteItems",
                        "ledger add",
                        "{\"TransactItems\":[{\"Put\":{\"Item\":{\"id\":{\"S\":\"" + "x".repeat(1100)
                                + "\"}}}},{\"Update\":{}}]}"),
                "{\"ConsumedCapacity\":[{\"CapacityUnits\":4.0}]}");
        pass(
                counter,
                Call.of("dynamodb", "PutItem", "ledger hold", "{}"),
                "{\"ConsumedCapacity\":{\"CapacityUnits\":3.0}}");
        pass(
                counter,
                Call.of("dynamodb", "TransactWriteItems", "ledger add", "{}"),
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\"}");
        pass(counter, Call.of("sqs", "SendMessage", "sqs SendMessage", "x".repeat(64 * 1024 + 1)), "{}");
        Counted counted = new Counted(counter.snapshot().calls());

        assertThat(counted.calls("dynamodb", "TransactWriteItems")).isEqualTo(2);
        assertThat(counted.refused("dynamodb")).isEqualTo(1);
        assertThat(counted.writeUnits()).isEqualTo(4 + 2 + 3);
        assertThat(counted.readUnits()).isZero();
        assertThat(counted.requests("sqs")).isEqualTo(2);
    }

    @Test
    void deletedMessagesAreAcknowledgedByTheirIds() {
        CallCounter counter = new CallCounter(Duration.ZERO);
        pass(
                counter,
                Call.of(
                        "sqs",
                        "DeleteMessageBatch",
                        "sqs DeleteMessageBatch",
                        "{\"Entries\":[{\"Id\":\"1\",\"ReceiptHandle\":\"m1#r\"},{\"Id\":\"2\",\"ReceiptHandle\":\"m2#r\"}]}"),
                "{}");

        assertThat(counter.acks()).extracting(CallCounter.Ack::message).containsExactly("m1", "m2");
        assertThat(counter.snapshot().acked()).isEqualTo(2);
    }

    @Test
    void filesInNoManifestAreLost_andThoseInTwoAreDoubled() {
        assertThat(ManifestCheck.of(Map.of("a", 1, "b", 2), Set.of("a", "b", "c")))
                .isEqualTo(new ManifestCheck(1, 1));
    }

    @Test
    void theHeapsPeakIsWhatWasThereBeforeACollection() {
        assertThat(HeapUse.of(List.of(
                        "[0.5s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 23M->4M(256M) 2.1ms",
                        "[0.6s][info][gc] GC(1) Concurrent Mark Cycle",
                        "[0.9s][info][gc] GC(1) Pause Young (Normal) (G1 Evacuation Pause) 19M->6M(256M) 2.1ms")))
                .isEqualTo(new HeapUse(23, 6));
        assertThat(HeapUse.of(Collections.emptyList())).isEqualTo(HeapUse.NONE);
    }

    @Test
    void keysAreAsLongAsAsked() {
        BenchFeed feed = new BenchFeed(3, 100, 60);

        assertThat(feed.key("load", 7, 100))
                .hasSize(100)
                .startsWith("in/bench3/load/x")
                .matches(".*x-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                .isNotEqualTo(feed.key("load", 8, 100));
    }

    private static void pass(CallCounter counter, Call call, String answer) {
        counter.before(call);
        counter.after(call.answered(answer));
    }
}
