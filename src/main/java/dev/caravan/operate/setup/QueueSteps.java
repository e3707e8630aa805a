package dev.caravan.operate.setup;

import dev.caravan.startup.Settings;
import dev.caravan.startup.aws.AwsCheck;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The queue of events and the one for what can't be handled. */
record QueueSteps(SqsClient sqs, Settings settings) {
    static final int MAX_RECEIVES = 5;
    private static final String FOURTEEN_DAYS = "1209600";
    private static final String VISIBILITY_SECONDS = "30";

    Step deadLetterQueue() {
        String name = settings.deadLetterQueue();
        if (name.endsWith(AwsCheck.FIFO)) {
            return Step.blocked("use dead-letter queue " + name + ": " + AwsCheck.NO_FIFO);
        }
        if (SqsFacts.find(sqs, name).isPresent()) {
            return Step.there("dead-letter queue " + name);
        }
        return Step.create(
                "dead-letter queue " + name,
                () -> create(name, Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, FOURTEEN_DAYS)));
    }

    /** Comes after the dead-letter queue. */
    Step queue() {
        String name = settings.queue();
        String dead = settings.deadLetterQueue();
        if (name.endsWith(AwsCheck.FIFO)) {
            return Step.blocked("use queue " + name + ": " + AwsCheck.NO_FIFO);
        }
        Optional<SqsFacts> queue = SqsFacts.find(sqs, name);
        if (queue.isEmpty()) {
            return Step.create(
                    "queue " + name + ", whose messages go to " + dead + " when they were received " + MAX_RECEIVES
                            + " times",
                    () -> create(
                            name,
                            Map.of(
                                    QueueAttributeName.REDRIVE_POLICY,
                                    redrive(),
                                    QueueAttributeName.VISIBILITY_TIMEOUT,
                                    VISIBILITY_SECONDS)));
        }
        Optional<String> target = queue.get().deadLetters();
        if (target.isEmpty()) {
            return Step.change(
                    "queue " + name + ": its messages go to " + dead + " when they were received " + MAX_RECEIVES
                            + " times",
                    () -> sqs.setQueueAttributes(r -> r.queueUrl(queue.get().url())
                            .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, redrive()))));
        }
        return target.get().endsWith(":" + dead.substring(dead.lastIndexOf(':') + 1))
                ? Step.there("queue " + name + ", whose messages go to " + dead + " when they were received too often")
                : Step.blocked("have queue " + name + " send to " + dead
                        + " what was received too often: its redrive policy names " + target.get()
                        + "; change it there, or name that queue in caravan.dead-letter-queue");
    }

    private void create(String name, Map<QueueAttributeName, String> attributes) {
        if (name.startsWith("arn:")) {
            throw new IllegalStateException("a queue that is named by its ARN has to be created by its owner");
        }
        sqs.createQueue(r -> r.queueName(name).attributes(attributes));
    }

    private String redrive() {
        String arn = SqsFacts.find(sqs, settings.deadLetterQueue())
                .orElseThrow(() -> new IllegalStateException(
                        "the dead-letter queue " + settings.deadLetterQueue() + " is not there yet"))
                .arn();
        return "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"" + MAX_RECEIVES + "\"}";
    }
}
