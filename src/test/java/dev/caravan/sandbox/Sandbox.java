package dev.caravan.sandbox;

import dev.caravan.sandbox.aws.AwsPorts;
import dev.caravan.sandbox.aws.AwsStandIns;
import dev.caravan.sandbox.aws.EventDelivery;
import dev.caravan.sandbox.redshift.RedshiftServer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Stand-ins for S3, SQS, SNS, DynamoDB and Redshift on 127.0.0.1, with the buckets, queues and topics that Caravan's shipped
 * configuration expects. Everything is in memory unless the options name a data folder.
 */
public final class Sandbox implements AutoCloseable {
    public static final String REGION = AwsStandIns.REGION, ACCOUNT = AwsStandIns.ACCOUNT;

    private final SandboxOptions options;
    private final AwsStandIns aws;
    private final LandingResources resources;
    private final Landing landing;
    private final RedshiftServer redshift;

    private Sandbox(SandboxOptions options, AwsStandIns aws, RedshiftServer redshift) {
        this.options = options;
        this.aws = aws;
        this.redshift = redshift;
        resources = new LandingResources(aws.s3(), aws.sqs(), aws.sns());
        landing = resources.create("");
    }

    /**
     * Starts everything and returns when it answers.
     *
     * @throws PortInUseException when a port is taken
     * @throws IllegalStateException when a part doesn't start; nothing is left running then
     */
    public static Sandbox start(SandboxOptions options) {
        SandboxOptions resolved = Ports.resolve(options);
        AwsPorts ports = new AwsPorts(
                resolved.port(Service.S3),
                resolved.port(Service.SQS),
                resolved.port(Service.SNS),
                resolved.port(Service.DYNAMODB));
        // Beside the others: PostgreSQL's start is mostly other processes' work.
        CompletableFuture<RedshiftServer> redshift = CompletableFuture.supplyAsync(
                () -> RedshiftServer.start(
                        resolved.port(Service.REDSHIFT),
                        resolved.port(Service.FAULTS),
                        resolved.data().map(data -> data.resolve("redshift")),
                        AwsStandIns.s3Client(ports),
                        SandboxEnvironment.REDSHIFT_USER,
                        SandboxEnvironment.REDSHIFT_PASSWORD),
                start -> new Thread(start, "start-Redshift").start());
        Optional<AwsStandIns> aws = Optional.empty();
        try {
            aws = Optional.of(AwsStandIns.start(ports, resolved.data()));
            return new Sandbox(resolved, aws.get(), redshift.join());
        } catch (RuntimeException e) {
            aws.ifPresent(AwsStandIns::close);
            closeOnceStarted(redshift);
            throw e.getCause() instanceof IllegalStateException failure ? failure : e;
        }
    }

    private static void closeOnceStarted(CompletableFuture<RedshiftServer> redshift) {
        try {
            redshift.join().close();
        } catch (CompletionException neverStarted) {
            // then there is nothing to close
        }
    }

    /** How it was started, with the ports that were chosen where the options had 0. */
    public SandboxOptions options() {
        return options;
    }

    /** A client for S3. */
    public S3Client s3() {
        return aws.s3();
    }

    /** A client for SQS. */
    public SqsClient sqs() {
        return aws.sqs();
    }

    /** A client for SNS. */
    public SnsClient sns() {
        return aws.sns();
    }

    /** A client for DynamoDB. */
    public DynamoDbClient dynamoDb() {
        return aws.dynamoDb();
    }

    /** The stand-in for a cluster, with its fault rules. */
    public RedshiftServer redshift() {
        return redshift;
    }

    /** The resources that the shipped configuration names. */
    public Landing landing() {
        return landing;
    }

    /**
     * A set of resources of a test's own, made if it isn't there yet.
     *
     * @param prefix what all names start with, followed by a dash: lower case letters, digits and dashes, at most 40
     */
    public Landing landing(String prefix) {
        return resources.create(prefix + "-");
    }

    /** Decides from now on how the S3 events of one bucket travel: duplicated, delayed, reordered, dropped. */
    public void deliverEvents(String bucket, EventDelivery delivery) {
        aws.deliverEvents(bucket, delivery);
    }

    /** The environment variables that point the AWS SDKs and CLI, psql and Caravan here, in the order in which to show them. */
    public Map<String, String> environment() {
        return SandboxEnvironment.of(options);
    }

    /** Stops everything and frees the ports. Closing again does nothing. */
    @Override
    public void close() {
        redshift.close();
        aws.close();
    }
}
