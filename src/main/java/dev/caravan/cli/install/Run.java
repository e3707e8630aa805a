package dev.caravan.cli.install;

import dev.caravan.base.Quantity;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.startup.Application;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code caravan run}. */
@Command(
        name = "run",
        description = {
            "Runs the routes, as without a command.",
            "",
            "With --until-empty it takes what the queue has, has open batches loaded without waiting for more files, and ends when the"
                    + " queue is empty and everything is loaded, failed, or of a paused feed. The exit code is 3 if anything is left, and it"
                    + " is said what: if the time of --for has run out before, another run goes on with it; what has failed, is"
                    + " quarantined, parked or paused wants a person."
        })
public final class Run implements Callable<Integer> {
    @Option(names = "--until-empty", description = "End when there is nothing left to do.")
    private boolean untilEmpty;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Length.class,
            description = "End after that time at the latest: 90s, 10m, 2h.")
    private Optional<Duration> length = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final PrintWriter out;

    public Run(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed {
        if (!untilEmpty) {
            if (length.isPresent()) {
                throw new ParameterException(spec.commandLine(), "--for wants --until-empty");
            }
            return Application.run(new String[0], stop -> {}, spec.commandLine().getErr());
        }
        Optional<String> left;
        List<String> notDone = List.of();
        try (Installation installation = Installation.open();
                SqsClient sqs = installation.clients().sqs()) {
            CommandFailed.ifAny(installation.check().identity());
            Emptying emptying = new Emptying(installation, sqs, length);
            int code = Application.run(
                    new String[0], emptying::begin, spec.commandLine().getErr());
            if (code != 0) {
                return code;
            }
            left = emptying.left();
            if (left.isEmpty()) {
                notDone = notDone(installation, sqs, emptying.began());
            }
        }
        if (left.isPresent()) {
            throw new CommandFailed(left.get(), CommandFailed.DIFFERS);
        }
        if (!notDone.isEmpty()) {
            List<String> lines = new ArrayList<>(List.of("the queue is empty, but not everything is loaded:"));
            notDone.forEach(line -> lines.add("  " + line));
            throw CommandFailed.of(lines, CommandFailed.DIFFERS);
        }
        out.println("caravan: the queue is empty, and everything is loaded");
        return 0;
    }

    private static List<String> notDone(Installation installation, SqsClient sqs, Instant began) throws CommandFailed {
        try {
            return NotDone.of(installation, sqs, began);
        } catch (SdkException | LedgerUnavailable e) {
            throw new CommandFailed(
                    "the queue is empty, but it can't be said whether everything is loaded: " + e.getMessage(),
                    CommandFailed.DIFFERS);
        }
    }

    /** A duration above 0. */
    static final class Length implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            return Quantity.duration(value)
                    .filter(duration -> !duration.isZero())
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + value + "' is no length of time: write a number and a unit: 90s, 10m, 2h"));
        }
    }
}
