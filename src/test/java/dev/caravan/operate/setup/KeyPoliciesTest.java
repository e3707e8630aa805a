package dev.caravan.operate.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.dataapi.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyPoliciesTest {
    private static final Place PLACE = Place.of("arn:aws-cn:sqs:cn-north-1:123456789012:q");

    @Test
    void theQueuesKeyLetsS3In() {
        assertThat(notes("arn:aws-cn:kms:cn-north-1:123456789012:key/k").get(0))
                .contains(
                        "{\"Sid\":\"caravan-s3-events\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},"
                                + "\"Action\":[\"kms:GenerateDataKey\",\"kms:Decrypt\"],\"Resource\":\"*\","
                                + "\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"123456789012\"}}}");
    }

    @Test
    void awsOwnKeyOfTheQueueCannotLetS3In() {
        assertThat(notes("alias/aws/sqs").get(0)).contains("no event comes");
    }

    @Test
    void aKeyIsNamedByItsArn_andAnAliasByAllKeysOnACondition() {
        assertThat(KmsKeys.resource("id", PLACE)).isEqualTo("arn:aws-cn:kms:cn-north-1:123456789012:key/id");
        assertThat(KmsKeys.resource("alias/a", PLACE)).isEqualTo("arn:aws-cn:kms:cn-north-1:123456789012:key/*");
        assertThat(KmsKeys.alias("arn:aws-cn:kms:cn-north-1:123456789012:alias/a"))
                .contains("alias/a");
    }

    private static List<String> notes(String queueKey) {
        return new KeyPolicies(
                        new KmsKeys(Optional.of(queueKey), Optional.empty(), Map.of(), Map.of(), Map.of(), List.of()),
                        PLACE)
                .notes();
    }
}
