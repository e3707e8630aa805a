package dev.caravan.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.cli.Granted;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** The policies that {@code caravan setup --policies} prints. */
public class PoliciesTest {
    private static final Pattern POLICY = Pattern.compile("(?s)\\{\n  \"Version\".*?\n}");
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void theDocsShowWhatItPrintsForTheShippedNames() throws Exception {
        try (OperatorSetting shipped =
                new OperatorSetting(SharedSandbox.get().landing(), "caravan").feed("web", "prefix", "landing/web/")) {
            List<JsonNode> printed = policies(
                    OperatorSetting.text(shipped.run("setup", "--policies").out())
                            .replace("eu-west-1:000000000000", "*:*"));
            assertThat(printed).hasSize(3);
            assertThat(policies(Files.readString(Path.of("docs/reference/permissions.md"))))
                    .containsExactly(printed.get(0));
            assertThat(printed.get(2).path("Statement").get(0).path("Resource"))
                    .extracting(JsonNode::asText)
                    .containsExactly("arn:aws:s3:::caravan-manifests/manifests/*", "arn:aws:s3:::landing/web/*");
        }
    }

    @Test
    void everyArnIsOfTheRegionsPartition() throws Exception {
        String own = System.getProperty("aws.region");
        System.setProperty("aws.region", "us-gov-west-1");
        try (OperatorSetting gov = new OperatorSetting(SharedSandbox.get().landing(), "caravan")
                .with("caravan.queue", "not-there")
                .with("caravan.loaded-topic", "loaded")
                .with("caravan.failed-topic", "failed")
                .with("camel.beans.api", "#class:dev.caravan.dataapi.DataApiDataSource")
                .with("camel.beans.api.workgroupName", "w")
                .with("camel.beans.api.database", "dev")
                .feed("web", "prefix", "landing/web/")) {
            String printed = OperatorSetting.text(gov.run("setup", "--policies").out());
            assertThat(printed)
                    .contains("arn:aws-us-gov:s3:::landing/web/*", "arn:aws-us-gov:redshift-serverless:*:*:workgroup/*")
                    .doesNotContain("arn:aws:");
        } finally {
            System.setProperty("aws.region", own);
        }
    }

    @Test
    void aThousandFeedsFitIntoWhatIamTakes() throws Exception {
        OperatorSetting many = new OperatorSetting(SharedSandbox.get().landing(), "caravan");
        for (int i = 0; i < 1_000; i++) {
            many.feed("feed" + i, "prefix", "landing/some/longer/path/of/a/customer/feed-%04d/in/".formatted(i));
        }
        try (many) {
            List<JsonNode> printed = policies(
                    OperatorSetting.text(many.run("setup", "--policies").out()));
            assertThat(printed).hasSizeBetween(3, 24);
            assertThat(printed)
                    .allSatisfy(policy -> assertThat(policy.toString()).hasSizeLessThanOrEqualTo(6_144));
            String objects = "arn:aws:s3:::landing/some/longer/path/of/a/customer/feed-0999/in/1.csv";
            assertThat(printed).anyMatch(policy -> Granted.by(policy, "s3:GetObject", objects));
            assertThat(printed)
                    .noneMatch(policy -> Granted.by(policy, "s3:GetObject", "arn:aws:s3:::landing/other/1.csv"));
        }
    }

    @Test
    void customerManagedKeysAreAllowedToWhoeverNeedsThem() throws Exception {
        Landing landing = SharedSandbox.landing();
        S3Client s3 = SharedSandbox.get().s3();
        String data = "arn:aws:kms:eu-west-1:000000000000:key/data";
        encrypt(s3, landing.bucket(), data);
        encrypt(s3, landing.manifestBucket(), "alias/manifests");
        SharedSandbox.get()
                .sns()
                .setTopicAttributes(r -> r.topicArn(landing.failedTopicArn())
                        .attributeName("KmsMasterKeyId")
                        .attributeValue("topic-key"));
        try (OperatorSetting keyed = new OperatorSetting(landing, "caravan")
                .feed("web", "prefix", landing.bucket() + "/web/", "table", "public.keyed")) {
            List<JsonNode> printed = policies(
                    OperatorSetting.text(keyed.run("setup", "--policies").out()));
            String topic = "arn:aws:kms:eu-west-1:000000000000:key/topic-key";
            assertThat(Granted.by(printed.get(0), "kms:GenerateDataKey", topic)).isTrue();
            assertThat(printed.get(0).toString())
                    .doesNotContain(data)
                    .contains("\"kms:ResourceAliases\":\"alias/manifests\"");
            assertThat(Granted.by(printed.get(1), "kms:GenerateDataKey", data)).isTrue();
            assertThat(Granted.by(printed.get(2), "kms:Decrypt", data)).isTrue();
            assertThat(Granted.by(printed.get(2), "kms:GenerateDataKey", data)).isFalse();
            assertThat(keyed.run("check", "web").out())
                    .anyMatch(line -> line.startsWith("ok   web: encryption: bucket " + landing.bucket()
                            + " encrypts with key " + data + ": COPY's role needs kms:Decrypt on it"))
                    .anyMatch(line ->
                            line.startsWith("warn topic " + landing.failedTopicArn()) && line.contains("topic-key"));
        }
    }

    private static void encrypt(S3Client s3, String bucket, String key) {
        ServerSideEncryptionRule rule = ServerSideEncryptionRule.builder()
                .applyServerSideEncryptionByDefault(
                        d -> d.sseAlgorithm(ServerSideEncryption.AWS_KMS).kmsMasterKeyID(key))
                .build();
        s3.putBucketEncryption(r -> r.bucket(bucket).serverSideEncryptionConfiguration(c -> c.rules(rule)));
    }

    @Test
    void charactersThatPoliciesTakeForOthersAreEscaped() throws Exception {
        try (OperatorSetting odd = new OperatorSetting(SharedSandbox.get().landing(), "caravan")
                .feed("odd", "prefix", "\"landing/a?b${c}/日本/\"")) {
            assertThat(OperatorSetting.text(odd.run("setup", "--policies").out()))
                    .contains("arn:aws:s3:::landing/a${?}b${$}{c}/*/*");
        }
    }

    public static List<JsonNode> policies(String text) throws Exception {
        List<JsonNode> policies = new ArrayList<>();
        for (MatchResult policy : POLICY.matcher(text).results().toList()) {
            policies.add(JSON.readTree(policy.group()));
        }
        return policies;
    }
}
