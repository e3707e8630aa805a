package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

@ExtendWith(SandboxExtension.class)
class SqsTest {
    private static int tests;

    private final SqsClient sqs;
    private final Landing landing;

    SqsTest(Sandbox sandbox) {
        sqs = sandbox.sqs();
        landing = sandbox.landing("sqs-" + tests++);
        new Inbox(sqs, landing.queueUrl()).drain(); // the test event
    }

    @Test
    void aMessageReceivedFiveTimesMovesToTheDeadLetterQueue() {
        sqs.sendMessage(r -> r.queueUrl(landing.queueUrl()).messageBody("poison"));

        for (int i = 1; i <= 5; i++) {
            assertThat(receiveAndReturn(sqs, landing))
                    .as("receive number %d", i)
                    .hasSize(1);
        }

        assertThat(receiveAndReturn(sqs, landing)).isEmpty();
        assertThat(new Inbox(sqs, landing.deadLetterQueueUrl()).await(1))
                .extracting(Message::body)
                .containsExactly("poison");
    }

    @Test
    void deadLettersCanBeRedriven() {
        sqs.sendMessage(r -> r.queueUrl(landing.queueUrl()).messageBody("again"));
        for (int i = 1; i <= 6; i++) {
            receiveAndReturn(sqs, landing);
        }
        assertThat(sqs.listDeadLetterSourceQueues(r -> r.queueUrl(landing.deadLetterQueueUrl()))
                        .queueUrls())
                .containsExactly(landing.queueUrl());

        sqs.startMessageMoveTask(r -> r.sourceArn(
                "arn:aws:sqs:%s:%s:%s".formatted(Sandbox.REGION, Sandbox.ACCOUNT, landing.deadLetterQueueName())));

        assertThat(new Inbox(sqs, landing.queueUrl()).await(1))
                .extracting(Message::body)
                .containsExactly("again");
    }

    @Test
    void theQueueHasTheShippedConfigurationsTimes() {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(
                        r -> r.queueUrl(landing.queueUrl()).attributeNames(QueueAttributeName.ALL))
                .attributes();

        assertThat(attributes).containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
        assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
                .contains("\"maxReceiveCount\":5")
                .contains(landing.deadLetterQueueName());
    }

    @Test
    void sqsLimitsHold() {
        assertThatThrownBy(() ->
                        sqs.receiveMessage(r -> r.queueUrl(landing.queueUrl()).maxNumberOfMessages(11)))
                .isInstanceOf(SqsException.class);
    }

    /** {@code InvalidMessageContents}: <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>. */
    @Test
    void onlyCharactersOfXmlAreTaken_inBodiesAndInAttributes() {
        for (String refused : List.of("\u001b", "\u0000", "\u000b", "\ufffe", "\uffff")) {
            assertThatThrownBy(() -> send("a" + refused, "why")).isInstanceOf(SqsException.class);
            assertThatThrownBy(() -> send("a", "why" + refused)).isInstanceOf(SqsException.class);
        }
        assertThatThrownBy(() -> send("a", "")).isInstanceOf(SqsException.class);
        send("\t\r\n\u007f\u009b\ufffd\ue000👩‍👧", "\t\r\n\u007f\u009b\ufffd\ue000👩‍👧");
        assertThat(new Inbox(sqs, landing.queueUrl()).await(1)).hasSize(1);
    }

    private void send(String body, String reason) {
        sqs.sendMessage(r -> r.queueUrl(landing.queueUrl())
                .messageBody(body)
                .messageAttributes(Map.of(
                        "reason",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(reason)
                                .build())));
    }

    static List<Message> receiveAndReturn(SqsClient sqs, Landing landing) {
        List<Message> messages =
                sqs.receiveMessage(r -> r.queueUrl(landing.queueUrl())).messages();
        for (Message message : messages) {
            sqs.changeMessageVisibility(r -> r.queueUrl(landing.queueUrl())
                    .receiptHandle(message.receiptHandle())
                    .visibilityTimeout(0));
        }
        return messages;
    }
}
