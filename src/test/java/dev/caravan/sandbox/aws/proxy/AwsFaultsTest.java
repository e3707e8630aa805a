package dev.caravan.sandbox.aws.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.sandbox.aws.TableById;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.sqs.model.Message;

/** Each fault as the real SDK clients see it, and what it leaves behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsFaultsTest {
    private static final String TABLE = "items";

    private final ProxiedAws aws = new ProxiedAws();
    private int ids;

    @BeforeAll
    void table() {
        TableById.create(aws.direct.dynamoDb(), TABLE);
        aws.direct.s3().createBucket(r -> r.bucket("bucket"));
    }

    @AfterEach
    void clear() {
        aws.faults.clear();
    }

    @AfterAll
    void stop() {
        aws.close();
    }

    @Test
    void aThrottledWriteIsRefusedAsDynamoDbDoes_asOftenAsAsked() {
        aws.faults.add("dynamodb throttle match=PutItem times=2");
        String id = id();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> put(id))
                    .isInstanceOfSatisfying(
                            ProvisionedThroughputExceededException.class,
                            e -> assertThat(e.isThrottlingException()).isTrue());
        }
        assertThat(exists(id)).isFalse();
        put(id);
        assertThat(exists(id)).isTrue();
        assertThat(aws.faults.active()).isEmpty();
    }

    @Test
    void aCallThatHangsIsNotAnsweredAndNothingIsDone() {
        aws.faults.add("dynamodb hang match=PutItem");
        String id = id();
        assertThatThrownBy(() -> aws.dynamoDb.putItem(r -> r.tableName(TABLE)
                        .item(Map.of("id", AttributeValue.fromS(id)))
                        .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(500)))))
                .isInstanceOf(ApiCallTimeoutException.class);
        assertThat(exists(id)).isFalse();
        put(id);
        assertThat(exists(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamodb", "s3", "sqs"})
    void anExpiredTokenIsSaidInTheServicesOwnWords(String service) {
        aws.faults.add(service + " expired");
        AwsServiceException refused = catchThrowableOfType(AwsServiceException.class, () -> {
            switch (service) {
                case "dynamodb" -> put(id());
                case "s3" -> aws.s3.listBuckets();
                default -> aws.sqs.listQueues();
            }
        });
        assertThat(refused.awsErrorDetails().errorCode()).startsWith("ExpiredToken");
    }

    @Test
    void aRuleThatIsEndedLeavesTheOthers() {
        Runnable end = aws.faults.begin("dynamodb error forever");
        aws.faults.begin("dynamodb throttle match=PutItem times=1");
        end.run();
        assertThat(aws.faults.active()).singleElement().asString().startsWith("dynamodb throttle");
    }

    @ParameterizedTest
    @CsvSource({"throttle, ThrottlingError", "conflict, TransactionConflict"})
    void aTransactionIsCanceledWithAReasonForEachOfItsWrites(String fault, String code) {
        aws.faults.add("dynamodb " + fault);
        String one = id();
        String other = id();
        TransactionCanceledException e =
                catchThrowableOfType(TransactionCanceledException.class, () -> transaction(one, other));
        assertThat(e.cancellationReasons()).extracting(CancellationReason::code).containsExactly(code, "None");
        assertThat(exists(one)).isFalse();
        transaction(one, other);
        assertThat(exists(one)).isTrue();
    }

    @Test
    void aConflictStrikesWritesOnly() {
        aws.faults.add("dynamodb conflict");
        String id = id();
        assertThat(aws.dynamoDb.getItem(r -> r.tableName(TABLE).key(key(id))).hasItem())
                .isFalse();
        assertThatThrownBy(() -> put(id)).isInstanceOf(TransactionConflictException.class);
        assertThat(exists(id)).isFalse();
    }

    @Test
    void aWriteWhoseAnswerIsLostIsMade() {
        aws.faults.add("dynamodb lost-answer match=TransactWriteItems");
        String one = id();
        String other = id();
        assertThatThrownBy(() -> transaction(one, other)).isInstanceOf(SdkClientException.class);
        assertThat(exists(one)).isTrue();
        assertThat(exists(other)).isTrue();
    }

    @Test
    void aResetConnectionLeavesNothingDone() {
        aws.faults.add("dynamodb reset");
        String id = id();
        assertThatThrownBy(() -> put(id))
                .isInstanceOf(SdkClientException.class)
                .hasCauseInstanceOf(SocketException.class);
        assertThat(exists(id)).isFalse();
        put(id);
    }

    @Test
    void anErrorIsTheServicesOwn() {
        aws.faults.add("dynamodb error");
        assertThatThrownBy(() -> put(id())).isInstanceOf(InternalServerErrorException.class);
        aws.faults.add("sns error");
        assertThatThrownBy(() -> aws.sns.listTopics())
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(500));
    }

    @Test
    void aCallerWithoutPermissionIsTurnedAwayAsEachServiceDoes() {
        List.of("dynamodb", "s3", "sqs", "sns").forEach(service -> aws.faults.add(service + " denied"));
        assertThatThrownBy(() -> put(id()))
                .isInstanceOfSatisfying(
                        DynamoDbException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
        assertThatThrownBy(() -> aws.s3.listBuckets()).hasMessageContaining("Access Denied");
        assertThatThrownBy(() -> aws.sqs.listQueues()).hasMessageContaining("perform ListQueues");
        assertThatThrownBy(() -> aws.sns.listTopics()).hasMessageContaining("perform ListTopics");
    }

    @Test
    void everyServiceThrottlesInAWayThatItsClientKnows() {
        List.of("dynamodb", "s3", "sqs", "sns").forEach(service -> aws.faults.add(service + " throttle"));
        List<Throwable> thrown = List.of(
                catchThrowable(() -> put(id())),
                catchThrowable(() -> aws.s3.putObject(r -> r.bucket("bucket").key("k"), RequestBody.fromString("x"))),
                catchThrowable(() -> aws.sqs.listQueues()),
                catchThrowable(() -> aws.sns.listTopics()));
        assertThat(thrown)
                .allSatisfy(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                AwsServiceException.class,
                                service -> assertThat(service.isThrottlingException() || service.statusCode() == 429)
                                        .isTrue()));
    }

    @Test
    void aSlowRequestTakesItsTimeAndIsDone() {
        aws.faults.add("dynamodb slow ms=300 match=PutItem");
        String id = id();
        long start = System.nanoTime();
        put(id);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(exists(id)).isTrue();
    }

    @Test
    void anUnreachableServiceIsSoUntilCleared_evenOnOpenConnections() {
        put(id());
        aws.faults.add("dynamodb unreachable");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> put(id())).isInstanceOf(SdkClientException.class);
        }
        assertThatThrownBy(() -> put(id())).hasMessageContaining("refused");
        assertThat(aws.sqs.listQueues().sdkHttpResponse().isSuccessful()).isTrue();
        aws.faults.clear();
        put(id());
    }

    @Test
    void aMatchIsLookedForInOperationAndBody() {
        String spared = id();
        String struck = id();
        aws.faults.add("dynamodb error match=\"^PutItem .*" + struck + "\" forever");
        put(spared);
        assertThatThrownBy(() -> put(struck)).isInstanceOf(InternalServerErrorException.class);
        aws.faults.add("s3 denied match=\"PutObject /bucket/some/key\" forever");
        assertThatThrownBy(() -> object("some/key", "x")).hasMessageContaining("Access Denied");
        object("some/other", "x");
    }

    @Test
    void aRateStrikesItsShare_andTheSameSeedTheSameRequests() {
        List<List<Boolean>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            aws.faults.clear();
            aws.faults.seed(42);
            aws.faults.add("dynamodb error rate=0.3 match=GetItem");
            List<Boolean> struck = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                struck.add(catchThrowable(() ->
                                aws.dynamoDb.getItem(r -> r.tableName(TABLE).key(key("none"))))
                        != null);
            }
            runs.add(struck);
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1));
        assertThat(runs.get(0).stream().filter(struck -> struck).count()).isBetween(15L, 45L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "s3 conflict; Unknown fault 's3 conflict'",
                "dynamodb frob; dynamodb throttle",
                "dynamodb; Unknown fault 'dynamodb'",
                "sqs error rows=3; Unknown option 'rows': use match, times"
            })
    void aRuleThatCantBeReadIsRefusedWithWhatThereIs(String rule, String message) {
        assertThatThrownBy(() -> aws.faults.add(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(aws.faults.active()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "1+1",
                "100%",
                "ü",
                "日本",
                "a=b&c",
                "q?#;,()'",
                "/leading",
                "a//b",
                "a/../b",
                "./c",
                "%2F",
                "tilde~*!"
            })
    void anyKeyPassesUnchanged(String key) {
        object(key, "through");
        assertThat(aws.direct
                        .s3()
                        .getObjectAsBytes(r -> r.bucket("bucket").key(key))
                        .asUtf8String())
                .isEqualTo("through");
        assertThat(aws.s3.getObjectAsBytes(r -> r.bucket("bucket").key(key)).asUtf8String())
                .isEqualTo("through");
        assertThat(aws.s3.headObject(r -> r.bucket("bucket").key(key)).contentLength())
                .isEqualTo(7);
        assertThat(aws.s3.listObjectsV2(r -> r.bucket("bucket").prefix(key)).contents())
                .extracting(o -> o.key())
                .contains(key);
        aws.s3.deleteObject(r -> r.bucket("bucket").key(key));
    }

    @Test
    void largeObjectsAndTheirMetadataPassUnchanged() {
        byte[] megabytes = new byte[6 << 20];
        aws.s3.putObject(
                r -> r.bucket("bucket")
                        .key("large")
                        .metadata(Map.of("note", "kept"))
                        .contentType("text/csv"),
                RequestBody.fromBytes(megabytes));
        var back = aws.s3.getObjectAsBytes(r -> r.bucket("bucket").key("large"));
        assertThat(back.asByteArray()).isEqualTo(megabytes);
        assertThat(back.response().metadata()).containsEntry("note", "kept");
        assertThat(back.response().contentType()).isEqualTo("text/csv");
    }

    @Test
    void aQueuesUrlLeadsToTheProxy_andALongPollWaitsForItsMessage() {
        String url = aws.sqs.createQueue(r -> r.queueName("queue")).queueUrl();
        aws.faults.add("sqs error match=SendMessage");
        assertThatThrownBy(() -> aws.sqs.sendMessage(r -> r.queueUrl(url).messageBody("never")))
                .isInstanceOf(AwsServiceException.class);
        Thread sender = new Thread(() -> {
            aws.faults.add("sqs slow match=SendMessage ms=1500");
            aws.sqs.sendMessage(r -> r.queueUrl(url).messageBody("late"));
        });
        sender.start();
        assertThat(aws.sqs
                        .receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20))
                        .messages())
                .extracting(Message::body)
                .containsExactly("late");
    }

    private String id() {
        return "id-" + ids++ + "-";
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    private void put(String id) {
        aws.dynamoDb.putItem(r -> r.tableName(TABLE).item(key(id)));
    }

    private void transaction(String... ids) {
        List<TransactWriteItem> puts = new ArrayList<>();
        for (String id : ids) {
            puts.add(TransactWriteItem.builder()
                    .put(p -> p.tableName(TABLE).item(key(id)))
                    .build());
        }
        aws.dynamoDb.transactWriteItems(r -> r.transactItems(puts));
    }

    private void object(String key, String content) {
        aws.s3.putObject(r -> r.bucket("bucket").key(key), RequestBody.fromString(content));
    }

    private boolean exists(String id) {
        return aws.direct
                .dynamoDb()
                .getItem(r -> r.tableName(TABLE).key(key(id)).consistentRead(true))
                .hasItem();
    }
}
