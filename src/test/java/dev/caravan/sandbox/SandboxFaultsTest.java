package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.CallDropped;
import dev.caravan.sandbox.faults.Observer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** The whole sandbox's fault rules, over HTTP too, and its observer. */
@ExtendWith(SandboxExtension.class)
class SandboxFaultsTest {
    private final Sandbox sandbox;
    private final ClusterSql cluster;

    SandboxFaultsTest(Sandbox sandbox) {
        this.sandbox = sandbox;
        cluster = new ClusterSql(sandbox.environment());
        cluster.run("DROP TABLE IF EXISTS public.faults", "CREATE TABLE public.faults (id INT)");
    }

    @AfterEach
    void clear() {
        sandbox.awsFaults().clear();
        sandbox.redshift().faults().clear();
        sandbox.observe(Observer.NONE);
    }

    @Test
    void rulesForRedshiftAndForAwsAreSetOverHttp() throws Exception {
        assertThat(http("POST", "resize match=\"^insert into\" times=2\nsns denied\ndisk-full\n")
                        .statusCode())
                .isEqualTo(200);
        assertThat(http("GET", "").body())
                .contains("resize match", "disk-full", "lost-commit", "sns denied match", "dynamodb conflict");
        assertThatThrownBy(() -> cluster.run("INSERT INTO public.faults VALUES (1)"))
                .hasMessageContaining("resize mode");
        try (SnsClient sns = SnsClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .build()) {
            assertThatThrownBy(sns::listTopics).isInstanceOf(AwsServiceException.class);
        }
        assertThat(http("DELETE", "").statusCode()).isEqualTo(200);
        cluster.run("INSERT INTO public.faults VALUES (1)");
        HttpResponse<String> wrong = http("POST", "sns error\nfrob match=x");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("Unknown fault 'frob'").contains("connection-refused");
        assertThat(http("POST", "resize tims=2").body()).contains("Unknown option 'tims'");
        assertThat(sandbox.redshift().faults().active()).isEmpty();
        assertThat(sandbox.awsFaults().active()).isEmpty();
    }

    @Test
    void anObserverSeesStatementsBeforeAndAfterTheyRan() {
        List<String> seen = new CopyOnWriteArrayList<>();
        sandbox.observe(new Observer() {
            @Override
            public void before(Call call) {
                seen.add("before " + call.step());
            }

            @Override
            public void after(Call call) {
                seen.add("after " + call.step());
            }
        });
        cluster.run("INSERT INTO public.faults VALUES (1)");
        assertThat(seen).containsSubsequence("before redshift INSERT", "after redshift INSERT");
    }

    @Test
    void aStatementThatAnObserverDropsBeforehandIsNotRun_andAfterwardsIs() {
        sandbox.observe(new Observer() {
            @Override
            public void before(Call call) {
                if (call.text().contains("VALUES (1)")) {
                    throw new CallDropped();
                }
            }

            @Override
            public void after(Call call) {
                if (call.text().contains("VALUES (2)")) {
                    throw new CallDropped();
                }
            }
        });
        for (int id = 1; id <= 2; id++) {
            String insert = "INSERT INTO public.faults VALUES (" + id + ")";
            assertThatThrownBy(() -> cluster.run(insert)).hasStackTraceContaining("Connection reset");
        }
        assertThat(cluster.column("SELECT id FROM public.faults")).containsExactly("2");
    }

    @Test
    void withoutTheProxyThereIsAWayOut() {
        try (Sandbox plain = Sandbox.start(SandboxOptions.anyPorts())) {
            assertThatThrownBy(plain::awsFaults)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("withFaultyAws");
            assertThatThrownBy(() -> plain.observe(Observer.NONE)).isInstanceOf(IllegalStateException.class);
        }
    }

    private HttpResponse<String> http(String method, String body) throws Exception {
        URI uri = URI.create("http://localhost:" + sandbox.options().port(Service.FAULTS) + "/faults");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
