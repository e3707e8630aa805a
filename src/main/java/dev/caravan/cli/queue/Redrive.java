package dev.caravan.cli.queue;

import dev.caravan.base.Quantity;
import dev.caravan.base.aws.AwsProblem;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.InstalledCommand;
import dev.caravan.startup.Installation;
import dev.caravan.startup.Settings;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** {@code caravan redrive}: what was parked is tried again. */
@Command(
        name = "redrive",
        description = {
            "Moves the dead-letter queue's messages back to the queue.",
            "",
            "Do this once the cause is fixed: a feed was missing, a key was misspelt. A message keeps its body and loses its"
                    + " reason. What is parked meanwhile stays. Stopped halfway, nothing is lost: what it held is visible again after"
                    + " a minute, and an event that comes twice is loaded once."
        })
public final class Redrive extends InstalledCommand {
    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Count.class,
            description = "At most so many messages (default: all).")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--dry-run", description = "Only show what would be moved.")
    private boolean dryRun;

    private int done;

    public Redrive(PrintWriter out) {
        super(out);
    }

    @Override
    public void run(Installation installation) throws CommandFailed {
        Instant begin = Instant.now();
        Settings settings = installation.settings();
        try (SqsClient sqs = installation.clients().sqs()) {
            Queue to = Queue.of(installation, sqs, "caravan.queue", settings.queue());
            Queue from = Queue.of(installation, sqs, "caravan.dead-letter-queue", settings.deadLetterQueue());
            DeadLetters dead = new DeadLetters(sqs, from, begin);
            try {
                move(dead, new SentBack(sqs, to));
                dead.release();
                out.println(sum(sqs, from, to, dead.later()));
            } catch (SdkException | CommandFailed e) {
                String why = e instanceof SdkException sdk ? AwsProblem.inWords("SQS", sdk) : e.getMessage();
                String sofar = dryRun
                        ? "nothing was moved"
                        : count(done) + " back in " + to.name() + ", the others still in " + from.name();
                throw new CommandFailed(why + "; " + sofar + ": give the command again");
            }
        }
    }

    private void move(DeadLetters dead, SentBack queue) throws CommandFailed {
        while (done < limit) {
            List<Message> messages = dead.next(limit - done);
            if (messages.isEmpty()) {
                return;
            }
            if (!dryRun) {
                queue.send(messages);
            }
            done += messages.size();
            messages.forEach(message -> out.println(ParkedEvent.of(message)));
            if (!dryRun) {
                dead.delete(messages);
            }
        }
    }

    private String sum(SqsClient sqs, Queue from, Queue to, int later) {
        if (done > 0) {
            return count(done)
                    + (dryRun ? " would go back to " : " back in ")
                    + to.name()
                    + (later == 0 ? "" : "; " + later + " that came meanwhile stayed in " + from.name());
        }
        if (later > 0) {
            return "All that is in the dead-letter queue " + from.name() + " came meanwhile: give the command again";
        }
        String inFlight = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE.toString();
        String held = sqs.getQueueAttributes(r -> r.queueUrl(from.url()).attributeNamesWithStrings(inFlight))
                .attributesAsStrings()
                .getOrDefault(inFlight, "0");
        return held.equals("0")
                ? "The dead-letter queue " + from.name() + " is empty"
                : "Nothing can be had from the dead-letter queue " + from.name() + " now: " + held
                        + " of its messages are held by another reader, or by a redrive that was stopped less than a minute ago";
    }

    private String count(int messages) {
        return dryRun ? Quantity.count(messages, "message") : Quantity.count(messages, "message is", "messages are");
    }

    /** A number from 1. */
    public static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (!value.matches("[1-9]\\d{0,8}")) {
                throw new TypeConversionException("'" + value + "' is not a number from 1 to 999999999");
            }
            return Integer.valueOf(value);
        }
    }
}
