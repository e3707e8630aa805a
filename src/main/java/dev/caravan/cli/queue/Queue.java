package dev.caravan.cli.queue;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.startup.Installation;
import dev.caravan.startup.aws.AwsCheck;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * An SQS queue that is there.
 *
 * @param name as a person calls it
 */
public record Queue(String name, String url) {

    /**
     * Looks it up.
     *
     * @param key the setting that names it
     * @param name a name or an ARN
     * @throws CommandFailed if it is not there, or can't be asked for
     */
    public static Queue of(Installation installation, SqsClient sqs, String key, String name) throws CommandFailed {
        CommandFailed.ifAny(installation.check().queue(key, name));
        return new Queue(name.substring(name.lastIndexOf(':') + 1), AwsCheck.queueUrl(sqs, name));
    }
}
