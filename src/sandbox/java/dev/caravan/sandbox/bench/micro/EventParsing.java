package dev.caravan.sandbox.bench.micro;

import dev.caravan.s3.event.EventReader;
import dev.caravan.s3.event.UnreadableEvent;
import dev.caravan.sandbox.aws.s3.ObjectCreated;
import dev.caravan.sandbox.aws.s3.S3EventMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A message of S3's with one record, as route {@code receive} takes it apart and route {@code batch} reads it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EventParsing {
    private final EventReader reader = new EventReader();
    private final String message = new S3EventMessage()
            .created(
                    List.of(new ObjectCreated(
                            "ObjectCreated:Put",
                            "landing",
                            "in/web/" + "x".repeat(89) + ".csv",
                            1_000,
                            "0123456789abcdef0123456789abcdef",
                            Optional.empty())),
                    "caravan");

    /** Hands what was read to the black hole. */
    @Benchmark
    public void oneRecord(Blackhole hole) throws UnreadableEvent {
        for (String record : reader.records(message)) {
            hole.consume(reader.read(record));
        }
    }
}
