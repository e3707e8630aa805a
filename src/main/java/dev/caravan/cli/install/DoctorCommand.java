package dev.caravan.cli.install;

import dev.caravan.base.Fault;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Confirmation;
import dev.caravan.cli.shell.InstalledCommand;
import dev.caravan.cli.shell.ObjectUrl;
import dev.caravan.cli.shell.Output;
import dev.caravan.operate.doctor.Doctor;
import dev.caravan.operate.doctor.Facts;
import dev.caravan.operate.doctor.Finding;
import dev.caravan.operate.doctor.Report;
import dev.caravan.operate.doctor.trial.Leftover;
import dev.caravan.operate.doctor.trial.Place;
import dev.caravan.operate.doctor.trial.Proof;
import dev.caravan.operate.doctor.trial.Result;
import dev.caravan.operate.doctor.trial.Wishes;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code caravan doctor}. */
@Command(
        name = "doctor",
        description = {
            "Proves on a cluster of yours what Caravan takes for granted of Redshift, through your own way into it: that rows come once, whatever"
                    + " happens, and that it understands the cluster's answers.",
            "",
            "It says what it will create, and asks first: a schema with a random name, and small objects under caravan.manifest-prefix. Both are"
                    + " taken away at the end, also after ctrl-C. It takes a few minutes.",
            "",
            "One line each: proven, DIFFERS (with what that means), not tried (with the reason). The exit code is 3 if anything differs."
                    + " --output json is what to send in then."
        })
public final class DoctorCommand extends InstalledCommand {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster's name: that of its data source.")
    private String cluster = "";

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            converter = ProofName.class,
            completionCandidates = ProofName.class,
            description =
                    "Try only these, by the names that stand before each assertion, separated by commas (default: all).")
    private List<Proof> only = List.of();

    @Option(
            names = "--unreadable",
            paramLabel = "URL",
            converter = ObjectUrl.class,
            description = "An object, s3://bucket/key, that COPY's role may not read, to see that it is refused.")
    private Optional<String> unreadable = Optional.empty();

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            converter = Run.Length.class,
            description = "How long to wait until load errors can be read (default: 1m).")
    private Duration patience = Duration.ofMinutes(1);

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public DoctorCommand(PrintWriter out) {
        super(out);
    }

    @Override
    public void run(Installation installation) throws CommandFailed {
        DataSource source = installation
                .cluster(cluster)
                .orElseThrow(() -> new CommandFailed("no data source has the name " + cluster + ": add camel.beans."
                        + cluster + " to application.properties, or give another name"));
        try (S3Client s3 = installation.clients().s3()) {
            Place place =
                    new Place(cluster, source, installation.settings().feedDefaults(), s3, installation::copyStatement);
            List<Fault> faults = Doctor.faults(place);
            if (!faults.isEmpty()) {
                throw new CommandFailed(faults.get(0).toString());
            }
            examine(new Doctor(place, new Wishes(only, unreadable, patience)));
        }
    }

    private void examine(Doctor doctor) throws CommandFailed {
        PrintWriter aside = output.isJson() ? spec.commandLine().getErr() : out;
        aside.println(doctor.plan());
        if (!confirmation.isGiven(aside, "Go on?", "")) {
            throw new CommandFailed("nothing was created");
        }
        Report report;
        try {
            report = doctor.run(
                    finding -> {
                        if (!output.isJson()) {
                            print(finding);
                        }
                    },
                    left -> print(spec.commandLine().getErr(), left));
        } catch (SQLException e) {
            throw new CommandFailed("cluster " + cluster + ": "
                    + CopyFailure.of(e).problem() + ". Its user needs CREATE on the database, and a way in");
        }
        if (output.isJson()) {
            output.one(out, Examination.of(report), Examination::toString);
        } else {
            out.println(summary(report));
        }
        report.left().forEach(left -> print(spec.commandLine().getErr(), left));
        if (report.differing() > 0) {
            throw new CommandFailed(
                    report.differing() + " of " + report.findings().size() + " differ in cluster " + cluster
                            + ": --output json is what to send in",
                    CommandFailed.DIFFERS);
        }
        if (!report.left().isEmpty()) {
            throw new CommandFailed("something is left of the examination: see above for what takes it away");
        }
    }

    private void print(Finding finding) {
        String verdict = Line.word(finding.result());
        out.println(String.format(
                "%-9s %s: %s",
                verdict.equals("differs") ? "DIFFERS" : verdict,
                finding.proof().word(),
                finding.proof().assertion()));
        out.println("          " + finding.result().words());
        if (finding.result() instanceof Result.Differs differs) {
            out.println("          That means: " + differs.meaning());
        }
        out.flush();
    }

    private static String summary(Report report) {
        Facts facts = report.facts();
        return "Cluster " + facts.cluster() + " by " + facts.way() + ", database " + facts.database() + ", user "
                + facts.user() + ", isolation " + facts.isolation() + ", " + facts.version();
    }

    private static void print(PrintWriter err, Leftover left) {
        err.println("caravan: something could not be taken away: " + left.why() + ". This does it:");
        err.println(left.command());
        err.flush();
    }

    /** As the report names it. */
    static final class ProofName implements ITypeConverter<Proof>, Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Proof.values()).map(Proof::word).iterator();
        }

        @Override
        public Proof convert(String value) {
            return Proof.named(value)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + value + "' is no assertion: write " + String.join(", ", this)));
        }
    }

    /** The report for scripts, and for whoever it is sent to. */
    record Examination(
            Instant at,
            String cluster,
            String way,
            String database,
            String user,
            String version,
            String isolation,
            List<Line> proofs,
            List<Left> left) {
        static Examination of(Report report) {
            Facts facts = report.facts();
            return new Examination(
                    Instant.now(),
                    facts.cluster(),
                    facts.way(),
                    facts.database(),
                    facts.user(),
                    facts.version(),
                    facts.isolation(),
                    report.findings().stream().map(Line::of).toList(),
                    report.left().stream()
                            .map(left -> new Left(left.why(), left.command()))
                            .toList());
        }
    }

    /** A finding. */
    record Line(String proof, String assertion, String verdict, String words, String meaning, long millis) {
        static Line of(Finding finding) {
            return new Line(
                    finding.proof().word(),
                    finding.proof().assertion(),
                    word(finding.result()),
                    finding.result().words(),
                    finding.result() instanceof Result.Differs differs ? differs.meaning() : "",
                    finding.took().toMillis());
        }

        static String word(Result result) {
            return result instanceof Result.NotTried
                    ? "not tried"
                    : result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
    }

    /** What could not be taken away. */
    record Left(String why, String command) {}
}
