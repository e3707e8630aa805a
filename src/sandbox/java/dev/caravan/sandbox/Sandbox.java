package dev.caravan.sandbox;

import dev.caravan.sandbox.aws.AwsPorts;
import dev.caravan.sandbox.aws.AwsStandIns;
import dev.caravan.sandbox.aws.SecretsServer;
import dev.caravan.sandbox.aws.proxy.AwsFaults;
import dev.caravan.sandbox.aws.proxy.FaultyAws;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import dev.caravan.sandbox.dataapi.DataApiServer;
import dev.caravan.sandbox.faults.FaultRules;
import dev.caravan.sandbox.faults.FaultsHttp;
import dev.caravan.sandbox.faults.Observer;
import dev.caravan.sandbox.faults.Watch;
import dev.caravan.sandbox.parts.Account;
import dev.caravan.sandbox.parts.Parts;
import dev.caravan.sandbox.redshift.RedshiftServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Stand-ins for S3, SQS, SNS, DynamoDB, Secrets Manager, Redshift and its Data API on 127.0.0.1, with the buckets, queues and topics that Caravan's shipped
 * configuration expects. Everything is in memory unless the options name a data folder.
 */
public final class Sandbox implements AutoCloseable {
    public static final String REGION = Account.REGION, ACCOUNT = Account.ID;

    private final SandboxOptions options;
    private final Parts parts;
    private final AwsPorts direct;
    private final AwsStandIns aws;
    private final RedshiftServer redshift;
    private final Optional<FaultyAws> faultyAws;
    private final Watch watch;
    private final LandingResources resources;
    private final Landing landing;

    private Sandbox(
            SandboxOptions options,
            Parts parts,
            AwsPorts direct,
            AwsStandIns aws,
            RedshiftServer redshift,
            Optional<FaultyAws> faultyAws,
            Watch watch) {
        this.options = options;
        this.parts = parts;
        this.direct = direct;
        this.aws = aws;
        this.redshift = redshift;
        this.faultyAws = faultyAws;
        this.watch = watch;
        resources = new LandingResources(aws.s3(), aws.sqs(), aws.sns());
        landing = resources.create("", LandingResources.MAX_RECEIVE_COUNT);
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
                resolved.port(Service.DYNAMODB),
                resolved.port(Service.REDSHIFT_DATA));
        AwsPorts behind = options.faultyAws() ? behind(resolved) : ports;
        Watch watch = new Watch();
        // Beside the others: PostgreSQL's start is mostly other processes' work.
        CompletableFuture<RedshiftServer> redshift = CompletableFuture.supplyAsync(
                () -> RedshiftServer.start(
                        resolved.port(Service.REDSHIFT),
                        resolved.data().map(data -> data.resolve("redshift")),
                        AwsStandIns.s3Client(behind),
                        SandboxEnvironment.REDSHIFT_USER,
                        SandboxEnvironment.REDSHIFT_PASSWORD,
                        watch),
                start -> new Thread(start, "start-Redshift").start());
        Parts parts = new Parts();
        try {
            AwsStandIns aws = parts.add(AwsStandIns.start(behind, ports, resolved.data()));
            parts.add(() -> closeOnceStarted(redshift));
            parts.add(new DataApiServer(
                    behind.redshiftData(),
                    redshift.join().jdbcUrl(),
                    SandboxEnvironment.REDSHIFT_USER,
                    SandboxEnvironment.REDSHIFT_PASSWORD,
                    redshift.join().quirks()));
            Optional<FaultyAws> faultyAws = options.faultyAws()
                    ? Optional.of(parts.add(FaultyAws.start(ports, behind, watch)))
                    : Optional.empty();
            FaultRules rules = new AllFaults(redshift.join().faults(), faultyAws.map(FaultyAws::faults));
            parts.add(new SecretsServer(resolved.port(Service.SECRETS_MANAGER)));
            parts.add(new FaultsHttp(resolved.port(Service.FAULTS), rules));
            return new Sandbox(resolved, parts, behind, aws, redshift.join(), faultyAws, watch);
        } catch (RuntimeException e) {
            parts.close();
            closeOnceStarted(redshift);
            throw e.getCause() instanceof IllegalStateException failure ? failure : e;
        }
    }

    private static AwsPorts behind(SandboxOptions options) {
        List<Integer> free = Ports.free(options, 5);
        return new AwsPorts(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4));
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

    /** The stand-ins' own ports: no fault strikes who calls there, and no observer sees it. */
    public AwsPorts direct() {
        return direct;
    }

    /** A client for S3. As with the other clients here, no fault strikes it and no observer sees it. */
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

    /**
     * The failures that S3, SQS, SNS, DynamoDB and the Data API are to show to clients of {@link #environment()}.
     *
     * @throws IllegalStateException without {@link SandboxOptions#withFaultyAws()}
     */
    public AwsFaults awsFaults() {
        return proxies().faults();
    }

    /**
     * Has every call of a client of {@link #environment()} seen by an observer, before and after: requests to AWS and statements.
     *
     * @throws IllegalStateException without {@link SandboxOptions#withFaultyAws()}
     */
    public void observe(Observer observer) {
        proxies();
        watch.observe(observer);
    }

    private FaultyAws proxies() {
        return faultyAws.orElseThrow(() -> new IllegalStateException(
                "This sandbox's AWS can't fail or be watched: start it with SandboxOptions.withFaultyAws()"));
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
        return landing(prefix, LandingResources.MAX_RECEIVE_COUNT);
    }

    /**
     * As {@link #landing(String)}.
     *
     * @param maxReceives how often an event is received before it moves to the dead-letter queue
     */
    public Landing landing(String prefix, int maxReceives) {
        return resources.create(prefix + "-", maxReceives);
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
        parts.close();
    }
}
