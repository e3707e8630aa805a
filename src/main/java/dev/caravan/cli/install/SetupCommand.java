package dev.caravan.cli.install;

import dev.caravan.base.Quantity;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Confirmation;
import dev.caravan.cli.shell.InstalledCommand;
import dev.caravan.cli.shell.Terminal;
import dev.caravan.dataapi.Place;
import dev.caravan.operate.setup.Beans;
import dev.caravan.operate.setup.KmsKeys;
import dev.caravan.operate.setup.Policies;
import dev.caravan.operate.setup.Setup;
import dev.caravan.operate.setup.Setup.Look;
import dev.caravan.operate.setup.SqsFacts;
import dev.caravan.operate.setup.Step;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code caravan setup}. */
@Command(
        name = "setup",
        description = {
            "Creates or completes what the settings and feeds name: the ledger's tables, both queues, the buckets' notifications, topics,"
                    + " the clusters' schema.",
            "",
            "It shows what it would do and asks first. What is there stays as it is, above all what others have configured; given again, it"
                    + " does what is left. At the end it prints the IAM policies that these names need."
        })
public final class SetupCommand extends InstalledCommand {
    @Option(names = "--plan", description = "Only show what would be done.")
    private boolean planOnly;

    @Option(names = "--policies", description = "Only print the IAM policies.")
    private boolean policiesOnly;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    public SetupCommand(PrintWriter out) {
        super(out);
    }

    @Override
    public void run(Installation installation) throws CommandFailed {
        try (S3Client s3 = installation.clients().s3();
                SqsClient sqs = installation.clients().sqs();
                SnsClient sns = installation.clients().sns()) {
            Beans beans = new Beans(
                    installation.feeds(),
                    installation.syncTools().syncs().all().values(),
                    installation.mirrorTools().mirrors().all().values());
            Optional<String> wrong = Optional.empty();
            if (!policiesOnly) {
                wrong = setUp(new Setup(
                                installation.settings(),
                                beans,
                                installation.tables(),
                                s3,
                                sqs,
                                sns,
                                installation::cluster)
                        .looks());
                out.println();
            }
            print(new Policies(
                    installation.settings(),
                    beans,
                    place(installation, sqs),
                    installation.dataApis(),
                    KmsKeys.of(installation.settings(), beans, s3, sqs, sns)));
            if (wrong.isPresent()) {
                throw new CommandFailed(wrong.get());
            }
        }
    }

    /** What is not as it should be afterwards. */
    private Optional<String> setUp(List<Look> looks) throws CommandFailed {
        List<Step> plan = looks.stream().map(Look::take).toList();
        plan.forEach(out::println);
        long left = plan.stream().filter(step -> step.action().isPresent()).count();
        long blocked =
                plan.stream().filter(step -> step.kind() == Step.Kind.BLOCKED).count();
        List<String> failed = new ArrayList<>();
        if (!planOnly && left > 0) {
            if (!confirmation.isGiven(
                    out,
                    left == 1 ? "Do this 1 thing?" : "Do these " + Quantity.count(left, "thing") + "?",
                    "--plan")) {
                throw new CommandFailed("nothing was changed");
            }
            looks.forEach(look -> act(look, failed));
        }
        long wrong = blocked + failed.size();
        return wrong == 0
                ? Optional.empty()
                : Optional.of(wrong + " of " + Quantity.count(plan.size(), "thing")
                        + (wrong == 1 ? " is not as it should be" : " are not as they should be")
                        + ": see above, then give the command again");
    }

    /** Looks again, because an earlier step may have made what this one needs. */
    private void act(Look look, List<String> failed) {
        Step step = look.take();
        step.action().ifPresent(action -> {
            try {
                action.run();
                out.println("done    " + step.words());
            } catch (Exception e) {
                failed.add(look.about());
                out.println("FAILED  " + step.words() + ": " + Step.why(e));
            }
        });
    }

    private void print(Policies policies) {
        print("for Caravan itself", policies.application());
        out.println();
        print("for people who give commands, besides that", policies.operator());
        out.println();
        print("for the role with which Redshift copies, and unloads for mirrors (iamRole)", policies.copyRole());
        out.println();
        policies.keyNotes().forEach(note -> Terminal.print(out, note));
    }

    private void print(String whom, List<String> documents) {
        out.println(
                documents.size() == 1
                        ? "IAM policy " + whom + ":"
                        : documents.size() + " IAM policies " + whom + ", as IAM takes only 6,144 characters in one:");
        documents.forEach(document -> Terminal.print(out, document));
    }

    /** The queue's ARN knows partition, region and account. */
    private static Place place(Installation installation, SqsClient sqs) {
        Place near = Place.near(installation.clients().region());
        try {
            return SqsFacts.find(sqs, installation.settings().queue())
                    .map(queue -> Place.of(queue.arn()))
                    .orElse(near);
        } catch (AwsRefused e) {
            return near;
        }
    }
}
