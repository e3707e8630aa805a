package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.run.RunFailure;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** Every figure that has a target, as rows of a Markdown table: target, measured, command. A run that serves several rows is made once. */
final class AllRuns {
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, Figures> made = new HashMap<>();
    private boolean good = true;

    AllRuns(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Makes all runs; false if a file is lost or doubled in one, or one can't be made. */
    boolean run() {
        out.println("| | target | measured | command |");
        out.println("|---|---|---|---|");
        String load = "--ceiling";
        row("files/s from event to durable, four feeds", "≥ 1,000", load, "files/s");
        row("  what the emulators can do", "", load, "emulators' ceiling files/s");
        row("files/s, one feed", "≥ 1,000", "--feeds 1", "files/s");
        row("files/s, each AWS call 5 ms longer", "", "--latency 5", "files/s");
        row("files/s, two instances", "≥ 1.6 × one", "--instances 2", "files/s");
        row(
                "latency p50, p95, p99 ms at half of that rate",
                "",
                load,
                f -> f.value("latency p50 ms") + ", " + f.value("latency p95 ms") + ", " + f.value("latency p99 ms"));
        row(
                "the same, each AWS call 5 ms longer",
                "",
                "--latency 5",
                f -> f.value("latency p50 ms") + ", " + f.value("latency p95 ms") + ", " + f.value("latency p99 ms"));
        row("CPU ms a file", "≤ 0.4", load, "CPU ms a file");
        row("CPU ms a file, one feed", "≤ 0.4", "--feeds 1", "CPU ms a file");
        row("DynamoDB calls a file", "≤ 0.1", load, "DynamoDB calls a file");
        row("DynamoDB calls a file, one feed", "≤ 0.1", "--feeds 1", "DynamoDB calls a file");
        row("DynamoDB calls a file, two instances", "as one", "--instances 2", "DynamoDB calls a file");
        row("RCU a file", "≤ 0.2", load, "RCU a file");
        row("WCU a file, batches of 100", "≤ 3", load, "WCU a file");
        row("WCU a file, batches of 1,000", "the same", "--batch-size 1000", "WCU a file");
        row("WCU a file, batches of 10,000", "the same", "--batch-size 10000", "WCU a file");
        String big = "--files 100000 --batch-size 100000 --feeds 1 --steady 0";
        row("WCU a file, batches of 100,000", "the same", big, "WCU a file");
        row("a batch of 100,000, peak heap MB", "≤ 512", big, "peak heap MB");
        row("SQS calls a file", "", load, "SQS calls a file");
        row("US$ a million files", "< 2", load, "US$ a million files");
        row("quiet: put to queryable p50 ms", "< 1,000 and COPY", "--quiet", "put to queryable p50 ms");
        row("  of that COPY", "", "--quiet", "of that COPY and its transaction p50 ms");
        row("java -jar to consuming, ms", "< 2,500", "--start", "start to consuming median ms");
        row("  without a class-data archive", "", "--start", "without class-data archive median ms");
        row("idle, one feed: DynamoDB and SQS calls a minute", "≤ 30", "--feeds 1 --idle 120", AllRuns::idle);
        row("idle, 1,000 feeds", "≤ 2 × one", "--feeds 1000 --idle 120", AllRuns::idle);
        row("lost, doubled", "0, 0", load, f -> f.value("lost") + ", " + f.value("doubled"));
        return good;
    }

    private static String idle(Figures figures) {
        return figures.value("DynamoDB calls a minute") + " and " + figures.value("SQS calls a minute");
    }

    private void row(String what, String target, String arguments, String figure) {
        row(what, target, arguments, figures -> figures.value(figure));
    }

    private void row(String what, String target, String arguments, Function<Figures, String> figure) {
        String measured;
        try {
            measured = figure.apply(made.computeIfAbsent(arguments, this::make));
        } catch (RunFailure e) {
            err.println(e.getMessage());
            good = false;
            measured = "failed";
        }
        out.println("| %s | %s | %s | `./caravan bench %s` |".formatted(what, target, measured, arguments));
        out.flush();
    }

    private Figures make(String arguments) {
        err.println("./caravan bench " + arguments);
        BenchOptions options = CommandLine.populateCommand(new BenchOptions(), arguments.split(" ", -1));
        Figures figures = BenchCommand.measure(options, err);
        err.print(figures);
        good &= figures.isGood();
        return figures;
    }
}
