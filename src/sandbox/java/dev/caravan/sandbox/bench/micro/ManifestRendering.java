package dev.caravan.sandbox.bench.micro;

import dev.caravan.batch.FileEntry;
import dev.caravan.load.manifest.ManifestWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The manifest of a batch of 100,000 files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ManifestRendering {
    private static final int FILES = 100_000;

    private final List<FileEntry> files = IntStream.range(0, FILES)
            .mapToObj(i -> new FileEntry(
                    "web",
                    "s3://landing/in/web/%s%09d.csv".formatted("x".repeat(80), i),
                    "0123456789abcdef0123456789abcdef",
                    1_000,
                    Instant.EPOCH.plusSeconds(i)))
            .toList();

    /** Written to nowhere. */
    @Benchmark
    public void hundredThousandEntries() throws IOException {
        ManifestWriter.write(files.stream(), OutputStream.nullOutputStream());
    }
}
