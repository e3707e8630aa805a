package dev.caravan.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.batch.BatchStatus;
import dev.caravan.cli.CaravanCommand;
import dev.caravan.ledger.Ledger;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code caravan reload} by the packaged jar. */
class ReloadIT {
    private final Landing landing = SharedSandbox.landing();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final String bad = "s3://" + landing.bucket() + "/web/a bad.csv";

    @Test
    void aQuarantinedFileIsLoadedOnceItsTableIsMended_andOnlyOnce() throws Exception {
        cluster.run("CREATE TABLE public.reloaded (id INT, name VARCHAR(20))");
        try (Pipeline instance = new Pipeline(landing, "reload")
                .feed("web", "prefix", landing.bucket() + "/web/", "table", "public.reloaded", "batchSize", "2")
                .start()) {
            put("web/a bad.csv", "two,b\n");
            put("web/good.csv", "1,a\n");
            Ledger ledger = instance.ledger();
            await().until(() -> ids().equals(List.of("1")));
            await().until(() -> ended(ledger));
            cluster.run("DROP TABLE public.reloaded");
            cluster.run("CREATE TABLE public.reloaded (id VARCHAR(20), name VARCHAR(20))");

            CaravanCommand reload = reload(bad);
            assertThat(reload.err()).isEmpty();
            assertThat(reload.exitCode()).isZero();
            String batch = ledger.known(bad).get(0).batch();
            assertThat(reload.out())
                    .containsExactly(bad + " (feed web, version "
                            + ledger.known(bad).get(0).file().version() + ") is in batch " + batch
                            + " now, which a running instance loads into cluster redshift");
            await().until(() -> ended(ledger));
            assertThat(ids()).containsExactly("two");

            CaravanCommand again = reload(bad);
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.out()).isEmpty();
            assertThat(again.err())
                    .contains(" is not quarantined: its batch " + batch + " is loaded into cluster redshift since ")
                    .hasLineCount(1);
            assertThat(ledger.known(bad).get(0).batch()).isEqualTo(batch);
            assertThat(ids()).containsExactly("two");
        }
    }

    private boolean ended(Ledger ledger) {
        return ledger.find(ledger.known(bad).get(0).batch()).orElseThrow().status() == BatchStatus.COMPLETE;
    }

    private List<String> ids() {
        return cluster.column("SELECT id FROM public.reloaded ORDER BY id");
    }

    private static CaravanCommand reload(String url) throws Exception {
        Map<String, String> environment = new HashMap<>(SharedSandbox.get().environment());
        environment.put("CARAVAN_LEDGER_TABLE_PREFIX", "reload");
        return CaravanCommand.run(environment, "reload", url);
    }

    private void put(String key, String content) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString(content));
    }
}
