package dev.caravan.operate.preflight;

import dev.caravan.base.Quantity;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.operate.setup.SqsFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * One look through a queue whose messages nobody seems to receive. Each message is received once, stays where it is, and can be received by others again
 * at the end: that counts as one of the receives after which a message goes to the dead-letter queue.
 */
record QueueLook(SqsClient sqs, SqsFacts queue) {
    private static final int MOST_AT_ONCE = 10;
    private static final int MOST = 200;
    private static final int INVISIBLE_SECONDS = 20;
    private static final Pattern NAME = Pattern.compile("caravan-check-[0-9a-f-]{36}");

    /** Of an event that no instance has received in time. */
    Finding verdict(String about, String url, Duration wait) {
        List<Message> seen = new ArrayList<>();
        boolean found = false;
        try {
            List<Message> some = received();
            while (!some.isEmpty() && !found && seen.size() < MOST) {
                seen.addAll(some);
                found = some.stream().anyMatch(message -> tellsOf(message, url));
                some = found ? List.of() : received();
            }
            seen.addAll(some);
        } finally {
            seen.forEach(this::giveBack);
        }
        if (found) {
            return Finding.ok(
                    about,
                    "the event of " + url + " is in queue " + queue.name() + ", and no instance has received it in "
                            + Quantity.inWords(wait)
                            + ": start one. It will load nothing of it; the object is deleted");
        }
        return seen.size() >= MOST
                ? Finding.warn(
                        about,
                        "no instance has received the event of " + url + " in " + Quantity.inWords(wait)
                                + ", and more than "
                                + MOST + " messages wait in queue " + queue.name()
                                + ": try again when it is shorter, or have more instances receive")
                : Finding.fail(
                        about,
                        "no event of " + url + " came in " + Quantity.inWords(wait)
                                + ". A notification that was changed takes some minutes; else look at the bucket's notification, at the queue's"
                                + " policy, and, if the queue is encrypted with a key of yours, at that key's policy");
    }

    private List<Message> received() {
        return AwsRefused.unless(
                "SQS",
                "look into queue " + queue.name(),
                () -> sqs.receiveMessage(r -> r.queueUrl(queue.url())
                                .maxNumberOfMessages(MOST_AT_ONCE)
                                .visibilityTimeout(INVISIBLE_SECONDS)
                                .waitTimeSeconds(1))
                        .messages());
    }

    private static boolean tellsOf(Message message, String url) {
        Matcher name = NAME.matcher(url);
        return name.find() && message.body().contains(name.group());
    }

    private void giveBack(Message message) {
        AwsRefused.unless(
                "SQS",
                "give back a message of queue " + queue.name(),
                () -> sqs.changeMessageVisibility(r -> r.queueUrl(queue.url())
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(0)));
    }
}
