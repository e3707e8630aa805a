package dev.caravan.setup;

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
    void aStatementIsAddedForEachBucket_andOthersStay() throws Exception {
        JsonNode before =
                JSON.readTree("{\"Version\":\"2008-10-17\",\"Statement\":{\"Sid\":\"theirs\",\"Effect\":\"Deny\"}}");
        JsonNode after = QueuePolicy.with(QueuePolicy.with(before, QUEUE, "a.b"), QUEUE, "c");
        assertThat(after.path("Version").asText()).isEqualTo("2008-10-17");
        assertThat(after.path("Statement")).hasSize(3);
        assertThat(after.path("Statement").get(0).path("Sid").asText()).isEqualTo("theirs");
        assertThat(after.path("Statement").get(1).toString())
                .isEqualTo(
                        "{\"Sid\":\"caravan-a-b\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},"
                                + "\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + QUEUE + "\",\"Condition\":{"
                                + "\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:s3:::a.b\"},"
                                + "\"StringEquals\":{\"aws:SourceAccount\":\"123456789012\"}}}");
        assertThat(QueuePolicy.lets(after, "a.b")).isTrue();
        assertThat(QueuePolicy.lets(after, "c")).isTrue();
        assertThat(QueuePolicy.lets(after, "d")).isFalse();
        assertThat(QueuePolicy.lets(before, "a.b")).isFalse();
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
        assertThat(QueuePolicy.lets(policy, "logs")).isEqualTo(lets);
    }
}
