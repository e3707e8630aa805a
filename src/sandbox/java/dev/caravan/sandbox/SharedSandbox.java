package dev.caravan.sandbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * One sandbox for all tests of a JVM. AWS clients that are made without an endpoint find it, through system properties, and meet
 * its fault rules; a test that adds rules clears them.
 */
public final class SharedSandbox {
    private static final AtomicInteger LANDINGS = new AtomicInteger();

    private SharedSandbox() {}

    /** The sandbox; started on first use, stopped with the JVM. */
    public static Sandbox get() {
        return Holder.SANDBOX;
    }

    /** Buckets, queues and topics that no other test uses. */
    public static Landing landing() {
        return get().landing("t" + LANDINGS.incrementAndGet());
    }

    private static final class Holder {
        static final Sandbox SANDBOX = start();

        private static Sandbox start() {
            Awaitility.setDefaultTimeout(Duration.ofMinutes(1)); // a busy machine is slow, not wrong
            Sandbox sandbox = Sandbox.start(SandboxOptions.anyPorts().withFaultyAws());
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
            Map<String, String> environment = sandbox.environment();
            Map.of(
                            "AWS_ENDPOINT_URL_S3", "aws.endpointUrlS3",
                            "AWS_ENDPOINT_URL_SQS", "aws.endpointUrlSqs",
                            "AWS_ENDPOINT_URL_SNS", "aws.endpointUrlSns",
                            "AWS_ENDPOINT_URL_DYNAMODB", "aws.endpointUrlDynamoDb",
                            "AWS_ENDPOINT_URL_REDSHIFT_DATA", "aws.endpointUrlRedshiftData",
                            "AWS_ENDPOINT_URL_SECRETS_MANAGER", "aws.endpointUrlSecretsManager",
                            "AWS_REGION", "aws.region",
                            "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
                            "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey")
                    .forEach((variable, property) ->
                            System.setProperty(property, environment.getOrDefault(variable, "")));
            return sandbox;
        }
    }
}
