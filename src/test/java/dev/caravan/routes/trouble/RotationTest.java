package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.LogOf;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import dev.caravan.redshift.admission.ClusterHealth;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.routes.SecondCluster;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A cluster's password is changed while Caravan runs: loads go on, without a restart. */
class RotationTest extends LoadingTest {
    private static final String OLD = SharedSandbox.get().environment().getOrDefault("CARAVAN_REDSHIFT_PASSWORD", "");
    private static final String NEW = "Rotated-2";

    private final SecretsManagerClient secrets = SecretsManagerClient.create();
    private final ClusterSql second = SecondCluster.sql();
    private String secret = "";

    @BeforeEach
    void secretOfItsOwn() {
        second.run("CREATE TABLE public." + table + " (id INT, name VARCHAR(20))");
        secret = "cluster-" + table;
        secrets.createSecret(r -> r.name(secret).secretString(json(OLD)));
    }

    @AfterEach
    void oldPasswordAgain() {
        SecondCluster.server().changePassword(OLD);
        secrets.close();
    }

    @Test
    void aPasswordThatSecretsManagerRotatesIsTakenAtOnce_andNoLoadFails() throws Exception {
        try (LogOf log = LogOf.messages("dev.caravan")) {
            Pipeline pipeline = launch(second("{{aws:" + secret + "#password}}", "{{aws:" + secret + "#username}}"));
            put("web/1.csv", "1,a\n");
            messages(landing.loadedQueueUrl(), 1);

            rotate(pipeline);
            secrets.putSecretValue(r -> r.secretId(secret).secretString(json(NEW)));
            put("web/2.csv", "2,b\n");
            assertThat(messages(landing.loadedQueueUrl(), 1)
                            .get(0)
                            .path("attempt")
                            .asInt())
                    .isEqualTo(1);

            assertThat(ids(second, NEW)).containsExactly("1", "2");
            assertThat(log.lines("is held")).isEmpty();
            assertThat(log.lines("takes the one that its configuration leads to now"))
                    .hasSize(1);
        }
    }

    @Test
    void whileTheSecretIsBehindTheClusterIsHeld_aPersonIsTold_andTheLoadIsOnlyLate(@TempDir Path folder)
            throws Exception {
        Path mounted = Files.writeString(folder.resolve("password"), OLD + "\n");
        Pipeline pipeline = launch(second("{{file:" + mounted + "}}", "{{caravan.redshift.user}}"));
        Ledger ledger = pipeline.ledger();
        put("web/1.csv", "1,a\n");
        messages(landing.loadedQueueUrl(), 1);

        rotate(pipeline);
        put("web/2.csv", "2,b\n");
        assertThat(message(landing.failedQueueUrl(), "held").path("reason").asText())
                .contains("the cluster refused the user or the password", "password authentication failed")
                .doesNotContain(OLD, NEW);
        assertThat(batch(ledger, "web/2.csv").status()).isEqualTo(BatchStatus.LOCKED);

        Files.writeString(mounted, NEW + "\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(message(landing.failedQueueUrl(), "recovered")
                        .path("cluster")
                        .asText())
                .isEqualTo("second");
        assertThat(ids(second, NEW)).containsExactly("1", "2");
    }

    @Test
    void anInstanceWithAWrongPasswordKeepsNoOtherFromLoading(@TempDir Path folder) throws Exception {
        Path wrong = Files.writeString(folder.resolve("password"), "not-it-1A\n");
        Pipeline refused = launch(second("{{file:" + wrong + "}}", "{{caravan.redshift.user}}"));
        put("web/1.csv", "1,a\n");
        JsonNode held = message(landing.failedQueueUrl(), "held");
        assertThat(held.path("instance").asText()).isNotEmpty();
        Pipeline other = launch(second(OLD, "{{caravan.redshift.user}}"));
        put("web/2.csv", "2,b\n");
        put("web/3.csv", "3,c\n");
        messages(landing.loadedQueueUrl(), 3);
        assertThat(ids(second)).containsExactly("1", "2", "3");
        assertThat(health(other)).isEqualTo("every cluster takes loads");
        assertThat(health(refused))
                .startsWith("cluster second doesn't let instance "
                        + held.path("instance").asText() + " in since ");
    }

    private static String health(Pipeline pipeline) {
        return Objects.requireNonNull(
                        pipeline.context().getRegistry().lookupByNameAndType("clusterHealth", ClusterHealth.class))
                .call()
                .getMessage()
                .map(String::valueOf)
                .orElse("");
    }

    private Pipeline second(String password, String user) {
        return SecondCluster.addTo(pipeline("batchSize", "1", "clusters", "second"))
                .with("camel.beans.second.password", password)
                .with("camel.beans.second.username", user);
    }

    /** Connections that are open stay so: they are closed, as after a while without loads. */
    private static void rotate(Pipeline pipeline) {
        SecondCluster.server().changePassword(NEW);
        Objects.requireNonNull(pipeline.context().getRegistry().lookupByNameAndType("second", HikariDataSource.class))
                .getHikariPoolMXBean()
                .softEvictConnections();
    }

    private List<String> ids(ClusterSql cluster, String password) {
        SecondCluster.server().changePassword(OLD);
        List<String> ids = ids(cluster);
        SecondCluster.server().changePassword(password);
        return ids;
    }

    private static String json(String password) {
        return "{\"username\":\"awsuser\",\"password\":\"" + password + "\"}";
    }
}
