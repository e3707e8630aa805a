package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.routes.LoadingTest;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.aws.LoginApi;
import dev.caravan.sandbox.redshift.TlsFront;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters whose user and password IAM gives: the real driver asks, over HTTP, and logs in, over TLS. */
class IamLoginTest extends LoadingTest {
    private final Map<String, String> environment = SharedSandbox.get().environment();
    private final LoginApi api = new LoginApi(
            environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""),
            environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aProvisionedCluster(@TempDir Path folder) throws Exception {
        loads(folder, "DbUser=awsuser&ClusterID=analytics");
        assertThat(api.calls())
                .anyMatch(call ->
                        call.contains("Action=GetClusterCredentials&") && call.contains("ClusterIdentifier=analytics"));
    }

    @Test
    void aProvisionedClusterWithTheIdentityOfCaravan(@TempDir Path folder) throws Exception {
        loads(folder, "GroupFederation=true&ClusterID=analytics");
        assertThat(api.calls())
                .anyMatch(call -> call.contains("Action=GetClusterCredentialsWithIAM&")
                        && call.contains("ClusterIdentifier=analytics"));
    }

    @Test
    void aServerlessWorkgroup(@TempDir Path folder) throws Exception {
        loads(folder, "isServerless=true&serverlessWorkGroup=analytics");
        assertThat(api.calls())
                .anyMatch(call ->
                        call.startsWith("RedshiftServerless.GetCredentials ") && call.contains("\"analytics\""));
    }

    private void loads(Path folder, String more) throws Exception {
        try (TlsFront tls = new TlsFront(SharedSandbox.get().redshift(), folder)) {
            launch(pipeline("batchSize", "1")
                    .with(
                            "caravan.redshift.url",
                            "jdbc:redshift:iam://localhost:" + tls.port() + "/dev?Region=eu-west-1&EndpointUrl="
                                    + api.address() + "&sslrootcert=" + tls.certificate() + "&" + more)
                    .with("caravan.redshift.user", "")
                    .with("caravan.redshift.password", ""));
            put("web/1.csv", "1,a\n");
            messages(landing.loadedQueueUrl(), 1);
            assertThat(ids()).containsExactly("1");
        }
    }
}
