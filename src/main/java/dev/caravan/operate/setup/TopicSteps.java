package dev.caravan.operate.setup;

import dev.caravan.base.aws.AwsRefused;
import java.util.Optional;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Topic;

/** Topics by name or ARN. */
public record TopicSteps(SnsClient sns) {

    Step topic(String topic) {
        if (arn(topic).isPresent()) {
            return Step.there("topic " + topic);
        }
        return topic.startsWith("arn:")
                ? Step.blocked("create topic " + topic + ": what is named by its ARN is its owner's to create")
                : Step.create("topic " + topic, () -> sns.createTopic(r -> r.name(topic)));
    }

    /** A topic's ARN; empty if it isn't there. Throws {@link AwsRefused} if SNS can't be asked. */
    public Optional<String> arn(String topic) {
        return AwsRefused.unless("SNS", "look for topic " + topic, () -> {
            if (!topic.startsWith("arn:")) {
                return sns.listTopicsPaginator().topics().stream()
                        .map(Topic::topicArn)
                        .filter(arn -> arn.endsWith(":" + topic))
                        .findFirst();
            }
            try {
                sns.getTopicAttributes(r -> r.topicArn(topic));
                return Optional.of(topic);
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }
}
