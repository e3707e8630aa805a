package dev.caravan.base.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What AWS refuses is told in AWS's words, and with what to do. */
class AwsProblemTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AccessDeniedException | give that permission to whoever asks; caravan setup --policies prints the policies",
                "AccessDenied          | give that permission to whoever asks; caravan setup --policies prints the policies",
                "AuthorizationError    | give that permission to whoever asks; caravan setup --policies prints the policies"
            })
    void aMissingPermissionNamesActionAndResource_andWhatToDo(String code, String advice) {
        String words =
                "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: dynamodb:Query on resource:"
                        + " arn:aws:dynamodb:eu-west-1:123456789012:table/caravan-batches/index/by-phase";
        assertThat(AwsProblem.inWords("DynamoDB", refusal(code, words + ".")))
                .isEqualTo("DynamoDB says: " + words + " (" + code + "): " + advice);
    }

    @ParameterizedTest
    @CsvSource({
        "ExpiredTokenException, renew the credentials",
        "ExpiredToken, renew the credentials",
        "UnrecognizedClientException, correct the credentials"
    })
    void credentialsThatArentTakenAreNamedAsSuch(String code, String advice) {
        assertThat(AwsProblem.inWords("DynamoDB", refusal(code, "no.")))
                .startsWith("DynamoDB says: no (" + code + "): " + advice);
    }

    @ParameterizedTest
    @CsvSource({"ExpiredToken", "ResourceNotFoundException"})
    void otherRefusalsAreNotTakenForAMissingPermission(String code) {
        assertThat(AwsProblem.inWords("DynamoDB", refusal(code, "no")))
                .startsWith("DynamoDB says: no")
                .doesNotContain("permission");
    }

    private static DynamoDbException refusal(String code, String words) {
        return (DynamoDbException) DynamoDbException.builder()
                .message(words)
                .statusCode(403)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(words)
                        .serviceName("DynamoDb")
                        .build())
                .build();
    }
}
