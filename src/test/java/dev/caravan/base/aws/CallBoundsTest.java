package dev.caravan.base.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** No call to AWS hangs for ever, whoever has made the client. */
class CallBoundsTest {
    @BeforeAll
    static void settings() {
        SharedSandbox.get();
    }

    @Test
    void everyClientsCallsAreBounded_andALongPollHasTheTimeThatItAsksFor() {
        List<SdkRequest> sent = new ArrayList<>();
        ExecutionInterceptor seeing = new ExecutionInterceptor() {
            @Override
            public void beforeMarshalling(Context.BeforeMarshalling context, ExecutionAttributes attributes) {
                sent.add(context.request());
            }
        };
        try (DynamoDbClient dynamoDb = DynamoDbClient.builder()
                        .httpClientBuilder(ApacheHttpClient.builder())
                        .overrideConfiguration(o -> o.addExecutionInterceptor(seeing))
                        .build();
                SecretsManagerClient secrets = SecretsManagerClient.builder()
                        .httpClientBuilder(ApacheHttpClient.builder())
                        .overrideConfiguration(o -> o.addExecutionInterceptor(seeing))
                        .build();
                SqsClient sqs = SqsClient.builder()
                        .httpClientBuilder(ApacheHttpClient.builder())
                        .overrideConfiguration(o -> o.addExecutionInterceptor(seeing))
                        .build()) {
            dynamoDb.listTables();
            sqs.listQueues();
            secrets.listSecrets();
            assertThat(sent)
                    .extracting(request -> bound((AwsRequest) request))
                    .containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(30));
            assertThat(CallBounds.of("SQS").attempt()).isGreaterThan(Duration.ofSeconds(20));
            dynamoDb.listTables(r -> r.overrideConfiguration(o -> o.apiCallTimeout(Duration.ofSeconds(7))));
            assertThat(bound((AwsRequest) sent.get(3))).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void aBoundThatARequestIsGivenOnTheWayCounts() {
        SharedSandbox.get().awsFaults().add("sqs slow match=ListQueues ms=60000 forever");
        ExecutionInterceptor closer = new ExecutionInterceptor() {
            @Override
            public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
                return ((AwsRequest) context.request())
                        .toBuilder()
                                .overrideConfiguration(((AwsRequest) context.request())
                                        .overrideConfiguration().orElseThrow().toBuilder()
                                                .apiCallTimeout(Duration.ofMillis(500))
                                                .build())
                                .build();
            }
        };
        try (SqsClient sqs = SqsClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(o -> o.addExecutionInterceptor(closer))
                .build()) {
            assertThatThrownBy(sqs::listQueues).isInstanceOf(ApiCallTimeoutException.class);
        } finally {
            SharedSandbox.get().awsFaults().clear();
        }
    }

    private static Duration bound(AwsRequest request) {
        return request.overrideConfiguration().orElseThrow().apiCallTimeout().orElseThrow();
    }
}
