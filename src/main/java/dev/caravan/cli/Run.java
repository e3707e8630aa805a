package dev.caravan.cli;

import dev.caravan.feed.Quantity;
import dev.caravan.startup.Application;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code caravan run}. */
@Command(
        name = "run",
        description = {
            "Runs the routes, as without a command.",
            "",
            "With --until-empty it takes what the queue has, has open batches loaded without waiting for more files, and ends when the"
                    + " queue is empty and everything is loaded, failed, or of a paused feed. The exit code is 3 if the time of --for has"
                    + " run out before: another run goes on with what is left."
        })
final class Run implements Callable<Integer> {
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

    Run(PrintWriter out) {
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
        }
        if (left.isPresent()) {
            throw new CommandFailed(left.get(), CommandFailed.DIFFERS);
        }
        out.println("caravan: the queue is empty, and everything is loaded");
        return 0;
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
