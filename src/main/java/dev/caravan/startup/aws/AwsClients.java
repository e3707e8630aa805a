package dev.caravan.startup.aws;

import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.aws.common.AwsClientBuilderUtil;
import org.apache.camel.component.aws2.ddb.Ddb2Component;
import org.apache.camel.component.aws2.ddb.Ddb2Configuration;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.component.aws2.s3.AWS2S3Configuration;
import org.apache.camel.component.aws2.s3.client.AWS2S3ClientFactory;
import org.apache.camel.component.aws2.sns.Sns2Component;
import org.apache.camel.component.aws2.sns.Sns2Configuration;
import org.apache.camel.component.aws2.sns.client.Sns2ClientFactory;
import org.apache.camel.component.aws2.sqs.Sqs2Component;
import org.apache.camel.component.aws2.sqs.Sqs2Configuration;
import org.apache.camel.component.aws2.sqs.client.Sqs2ClientFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** AWS clients as the Camel components would make them: {@code camel.component.aws2-…} configures routes and code alike. */
public final class AwsClients {
    private final CamelContext context;

    public AwsClients(CamelContext context) {
        this.context = context;
    }

    public AwsCredentialsProvider credentials() {
        return DefaultCredentialsProvider.builder().build();
    }

    /** The region that every client uses; throws the SDK's exception if none is set. */
    public String region() {
        return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
    }

    /**
     * Who AWS takes this for, an ARN; empty if the other services have endpoints of their own and STS has none: then AWS's would be the wrong
     * one to ask.
     */
    public Optional<String> caller() {
        boolean elsewhere =
                System.getenv("AWS_ENDPOINT_URL_SQS") != null || System.getProperty("aws.endpointUrlSqs") != null;
        if (elsewhere && System.getenv("AWS_ENDPOINT_URL_STS") == null) {
            return Optional.empty();
        }
        try (StsClient sts = StsClient.create()) {
            return Optional.of(sts.getCallerIdentity().arn());
        }
    }

    public DynamoDbClient dynamoDb(ExecutionInterceptor... interceptors) {
        Ddb2Configuration configuration =
                context.getComponent("aws2-ddb", Ddb2Component.class).getConfiguration();
        return configuration.getAmazonDDBClient() != null
                ? configuration.getAmazonDDBClient()
                : AwsClientBuilderUtil.buildClient(
                        configuration,
                        DynamoDbClient::builder,
                        builder -> builder.overrideConfiguration(
                                override -> List.of(interceptors).forEach(override::addExecutionInterceptor)));
    }

    /** DynamoDB of another region; the caller closes it. */
    public DynamoDbClient dynamoDbIn(String region) {
        Ddb2Configuration configuration = context.getComponent("aws2-ddb", Ddb2Component.class)
                .getConfiguration()
                .copy();
        configuration.setRegion(region);
        return AwsClientBuilderUtil.buildClient(configuration, DynamoDbClient::builder, builder -> {});
    }

    /** The caller closes it. */
    public S3Client s3() {
        AWS2S3Configuration configuration =
                context.getComponent("aws2-s3", AWS2S3Component.class).getConfiguration();
        return configuration.getAmazonS3Client() != null
                ? configuration.getAmazonS3Client()
                : AWS2S3ClientFactory.getS3Client(configuration);
    }

    /** The caller closes it. */
    public SqsClient sqs() {
        Sqs2Configuration configuration =
                context.getComponent("aws2-sqs", Sqs2Component.class).getConfiguration();
        return configuration.getAmazonSQSClient() != null
                ? configuration.getAmazonSQSClient()
                : Sqs2ClientFactory.getSqsClient(configuration);
    }

    /** The caller closes it. */
    public SnsClient sns() {
        Sns2Configuration configuration =
                context.getComponent("aws2-sns", Sns2Component.class).getConfiguration();
        return configuration.getAmazonSNSClient() != null
                ? configuration.getAmazonSNSClient()
                : Sns2ClientFactory.getSnsClient(configuration);
    }
}
