package dev.caravan.sandbox.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a load of files is like. */
final class BenchOptions {
    @Option(
            names = "--files",
            converter = Positive.class,
            paramLabel = "N",
            defaultValue = "50000",
            description = "files whose events wait (default: ${DEFAULT-VALUE})")
    int files;

    @Option(
            names = "--feeds",
            converter = Positive.class,
            paramLabel = "N",
            defaultValue = "4",
            description = "feeds, each with a table (default: ${DEFAULT-VALUE})")
    int feeds;

    @Option(
            names = "--batch-size",
            converter = Positive.class,
            paramLabel = "N",
            defaultValue = "100",
            description = "files of a batch (default: ${DEFAULT-VALUE})")
    int batchSize;

    @Option(
            names = "--instances",
            converter = Positive.class,
            paramLabel = "N",
            defaultValue = "1",
            description = "of Caravan, on one queue (default: ${DEFAULT-VALUE})")
    int instances;

    @Option(
            names = "--key-length",
            converter = Positive.class,
            paramLabel = "N",
            defaultValue = "100",
            description = "characters of an object's key (default: ${DEFAULT-VALUE})")
    int keyLength;

    @Option(
            names = "--latency",
            paramLabel = "MS",
            defaultValue = "0",
            description = "what each call to AWS takes longer (default: ${DEFAULT-VALUE})")
    int latencyMillis;

    @Option(
            names = "--heap",
            converter = Positive.class,
            paramLabel = "MB",
            defaultValue = "512",
            description = "of each instance, at most (default: ${DEFAULT-VALUE})")
    int heapMegabytes;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "100000",
            description = "files that are loaded before anything is measured (default: ${DEFAULT-VALUE})")
    int warmUp;

    @Option(
            names = "--steady",
            paramLabel = "S",
            defaultValue = "20",
            description =
                    "seconds for which files then come at half the measured rate, for the latency; 0 for none (default: ${DEFAULT-VALUE})")
    int steadySeconds;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting of application.properties for the instances; may be repeated")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description = "an option of java for the instances; may be repeated")
    List<String> jvm = new ArrayList<>();

    @Option(
            names = "--jfr",
            description = "have each instance record itself with Java Flight Recorder, into target/bench/")
    boolean jfr;

    @Option(names = "--ceiling", description = "measure beside it what the emulators can do for the simplest client")
    boolean ceiling;

    @Option(names = "--steps", description = "name each step of the ledger, too, and its calls")
    boolean steps;

    @Option(
            names = "--rows",
            converter = Positive.class,
            paramLabel = "N",
            description =
                    "of the table that --tables reads (default: 2000000), or that --mirror changes (default: 1000000)")
    int rows;

    @Option(
            names = "--changes",
            converter = Positive.class,
            paramLabel = "N",
            description = "rows that --mirror changes, deletes or adds (default: 2 in a hundred)")
    int changes;

    @Option(
            names = "--times",
            converter = Positive.class,
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "that --tables and --mirror go each way, of which they tell the median (default: ${DEFAULT-VALUE})")
    int times;

    @ArgGroup
    What what = new What();

    /** What else can be measured; one at a time. */
    static final class What {
        @Option(
                names = "--idle",
                paramLabel = "SECONDS",
                description = "calls a minute when there is nothing to do, watched for so long")
        int idleSeconds;

        @Option(names = "--start", description = "from java -jar to the first call to the queue")
        boolean start;

        @Option(names = "--quiet", description = "from one file's put to its row in the table, with a real COPY")
        boolean quiet;

        @Option(
                names = "--tables",
                description =
                        "a table of MariaDB and of PostgreSQL, read by Caravan, by their own programs and by camel-jdbc; wants psql, bash and gzip")
        boolean tables;

        @Option(
                names = "--mirror",
                description =
                        "a difference applied to a table of PostgreSQL, beside batched upserts and a reload: time, write-ahead log, and how long a reader waits")
        boolean mirror;

        @Option(names = "--micro", description = "JMH benchmarks of what needs no network")
        boolean micro;

        @Option(names = "--all", description = "all of it, as the table of docs/explanation/speed.md; takes long")
        boolean all;
    }

    int rowsToRead() {
        return rows > 0 ? rows : 2_000_000;
    }

    int rowsToChange() {
        return rows > 0 ? rows : 1_000_000;
    }

    int changesOfRows() {
        return changes > 0 ? changes : Math.max(1, rowsToChange() / 50);
    }

    Duration latency() {
        return Duration.ofMillis(latencyMillis);
    }

    /** A whole number above 0. */
    static final class Positive implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                int number = Integer.parseInt(value);
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new TypeConversionException("'" + value + "' is no whole number above 0");
        }
    }
}
