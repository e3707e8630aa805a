package dev.caravan.operate.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueuePolicyTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String QUEUE = "arn:aws:sqs:eu-west-1:123456789012:q";

    @Test
    void oneStatementHasAllBuckets_andOthersStay() throws Exception {
        JsonNode before =
                JSON.readTree("{\"Version\":\"2008-10-17\",\"Statement\":{\"Sid\":\"theirs\",\"Effect\":\"Deny\"}}");
        JsonNode after = QueuePolicy.with(QueuePolicy.with(before, QUEUE, "a.b"), QUEUE, "c");
        assertThat(after.path("Version").asText()).isEqualTo("2008-10-17");
        assertThat(after.path("Statement")).hasSize(2);
        assertThat(after.path("Statement").get(0).path("Sid").asText()).isEqualTo("theirs");
        assertThat(after.path("Statement").get(1).toString())
                .isEqualTo(
                        "{\"Sid\":\"caravan-buckets\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},"
                                + "\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + QUEUE + "\",\"Condition\":{"
                                + "\"ArnLike\":{\"aws:SourceArn\":[\"arn:aws:s3:::a.b\",\"arn:aws:s3:::c\"]},"
                                + "\"StringEquals\":{\"aws:SourceAccount\":\"123456789012\"}}}");
        assertThat(QueuePolicy.lets(after, QUEUE, "a.b")).isTrue();
        assertThat(QueuePolicy.lets(after, QUEUE, "c")).isTrue();
        assertThat(QueuePolicy.lets(after, QUEUE, "d")).isFalse();
        assertThat(QueuePolicy.lets(before, QUEUE, "a.b")).isFalse();
    }

    @Test
    void inAnotherPartitionItsArnsAreWritten() {
        String queue = "arn:aws-cn:sqs:cn-north-1:123456789012:q";
        JsonNode policy = QueuePolicy.with(JSON.createObjectNode(), queue, "logs");
        assertThat(policy.toString()).contains("arn:aws-cn:s3:::logs", queue).doesNotContain("arn:aws:");
        assertThat(QueuePolicy.lets(policy, queue, "logs")).isTrue();
        assertThat(QueuePolicy.lets(policy, QUEUE, "logs")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:s3:*:*:logs,      true",
        "arn:aws:s3:::logs,        true",
        "arn:aws:s3:::*,           true",
        "arn:aws:s3:::logs-east,   false",
    })
    void aStatementIsForTheBucketsThatItsConditionFits(String source, boolean lets) throws Exception {
        JsonNode policy = JSON.readTree(
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":[\"SQS:SendMessage\"],"
                        + "\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"" + source + "\"}}}]}");
        assertThat(QueuePolicy.lets(policy, QUEUE, "logs")).isEqualTo(lets);
    }
}
