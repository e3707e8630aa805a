package dev.caravan.sandbox.aws;

import dev.caravan.sandbox.parts.Account;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;

/** Configures SDK clients for the stand-ins. */
public final class AwsClients {
    private static final int CONNECTIONS = 64;

    private AwsClients() {}

    /** The builder, pointed at a stand-in. It names its HTTP client because more than one is on the class path. */
    public static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B local(B builder, int port) {
        return builder.endpointOverride(URI.create("http://localhost:" + port))
                .region(Region.of(Account.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("sandbox", "sandbox")))
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(CONNECTIONS));
    }
}
