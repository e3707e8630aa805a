package dev.caravan.cli.queue;

import dev.caravan.base.aws.AwsProblem;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.startup.Installation;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * How many messages are in a queue, about.
 *
 * @param waiting that can be received; absent if SQS didn't say, as {@code inFlight}
 * @param inFlight that are received and not yet deleted
 * @param problem why SQS didn't say; absent if it did
 */
public record QueueDepth(
        String queue,
        @Nullable Long waiting,
        @Nullable Long inFlight,
        @Nullable String problem) {

    /** @param key the setting that names it */
    public static QueueDepth of(Installation installation, SqsClient sqs, String key, String name) {
        try {
            Queue queue = Queue.of(installation, sqs, key, name);
            Map<QueueAttributeName, String> counts = sqs.getQueueAttributes(r -> r.queueUrl(queue.url())
                            .attributeNames(
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                    .attributes();
            return new QueueDepth(
                    queue.name(),
                    number(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                    number(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                    null);
        } catch (CommandFailed e) {
            return new QueueDepth(name, null, null, String.valueOf(e.getMessage()));
        } catch (SdkException e) {
            return new QueueDepth(name, null, null, key + " = " + name + ": " + AwsProblem.inWords("SQS", e));
        }
    }

    private static long number(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
        return Long.parseLong(counts.getOrDefault(name, "0"));
    }

    public String inWords() {
        return problem == null ? queue + ": " + waiting + " waiting, " + inFlight + " in flight" : problem;
    }
}
