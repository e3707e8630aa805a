package dev.caravan.sandbox.aws.proxy;

import dev.caravan.sandbox.aws.AwsClients;
import dev.caravan.sandbox.aws.AwsPorts;
import dev.caravan.sandbox.aws.AwsStandIns;
import dev.caravan.sandbox.faults.Watch;
import dev.caravan.sandbox.parts.FreePort;
import dev.caravan.sandbox.parts.Parts;
import java.util.Optional;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The AWS stand-ins behind their proxies, and SDK clients that try everything once, so that a test sees each failure. */
final class ProxiedAws implements AutoCloseable {
    private final Parts parts = new Parts();
    final Watch watch = new Watch();
    final AwsStandIns direct;
    final AwsFaults faults;
    final DynamoDbClient dynamoDb;
    final S3Client s3;
    final SqsClient sqs;
    final SnsClient sns;

    ProxiedAws() {
        AwsPorts ports = freePorts();
        AwsPorts behind = freePorts();
        direct = parts.add(AwsStandIns.start(behind, ports, Optional.empty()));
        faults = parts.add(FaultyAws.start(ports, behind, watch)).faults();
        dynamoDb = parts.add(AwsClients.local(DynamoDbClient.builder(), ports.dynamoDb())
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build());
        s3 = parts.add(AwsClients.local(S3Client.builder(), ports.s3())
                .forcePathStyle(true)
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build());
        sqs = parts.add(AwsClients.local(SqsClient.builder(), ports.sqs())
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build());
        sns = parts.add(AwsClients.local(SnsClient.builder(), ports.sns())
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build());
    }

    @Override
    public void close() {
        parts.close();
    }

    private static AwsPorts freePorts() {
        return new AwsPorts(FreePort.pick(), FreePort.pick(), FreePort.pick(), FreePort.pick(), FreePort.pick());
    }
}
