package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.cli.install.PoliciesTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.Observer;
import dev.caravan.sandbox.source.SharedSources;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What the printed policies allow is what the application and every command really ask of AWS: seen at the sandbox's proxy. */
class CommandPermissionsTest {
    /** Commands that ask AWS nothing. */
    private static final Set<String> SILENT = Set.of(
            "completion",
            "describe property",
            "describe setting",
            "help",
            "verify sync",
            "verify mirror",
            "version",
            "run");

    private final Landing landing = SharedSandbox.landing();
    private final S3Client s3 = SharedSandbox.get().s3();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final String name = landing.bucket().replace("-landing", "");
    private final String tables = "permit-" + name;
    private final OperatorSetting setting = new OperatorSetting(landing, tables)
            .with("caravan.cluster.schema", name + "_ledger")
            .with("camel.beans.shopDb", "#class:org.mariadb.jdbc.MariaDbDataSource")
            .with("camel.beans.shopDb.url", "jdbc:mariadb://localhost/shop")
            .feed("web", "prefix", landing.bucket() + "/web/", "table", "public." + name, "batchSize", "1")
            .sync("shop", "source", "shopDb", "tables", "shop.*")
            .with("camel.beans.app", "#class:org.postgresql.ds.PGSimpleDataSource")
            .with("camel.beans.app.url", SharedSources.postgres().url())
            .with("camel.beans.app.user", SharedSources.postgres().user())
            .with("camel.beans.app.password", "trusted")
            .mirror(
                    "copy",
                    "source",
                    "redshift",
                    "table",
                    "public." + name,
                    "keys",
                    "id",
                    "target",
                    "app",
                    "targetTable",
                    "public." + name,
                    "iamRole",
                    "default");
    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() throws Exception {
        SharedSandbox.get().observe(Observer.NONE);
        setting.close();
    }

    @Test
    void everyCallIsAllowed() throws Exception {
        cluster.run("CREATE TABLE public." + name + " (id INT)");
        try (Connection target = SharedSources.postgres().connect();
                Statement statement = target.createStatement()) {
            statement.execute("CREATE TABLE public." + name + " (id int PRIMARY KEY)");
            statement.execute("INSERT INTO public." + name + " VALUES (7)");
        }
        List<JsonNode> policies = PoliciesTest.policies(
                OperatorSetting.text(setting.run("setup", "--policies").out()));
        List<JsonNode> application = policies.subList(0, 1);
        List<JsonNode> operator = policies.subList(0, 2);
        SharedSandbox.get().observe(new Observer() {
            @Override
            public void before(Call call) {
                calls.add(call);
            }
        });
        Set<String> refused = new TreeSet<>();

        try (Pipeline pipeline = new Pipeline(landing, tables)
                .with("caravan.cluster.schema", name + "_ledger")
                .feed("web", "prefix", landing.bucket() + "/web/", "table", "public." + name, "batchSize", "1")
                .start()) {
            assertThat(pipeline.context().isStarted()).isTrue();
            s3.putObject(r -> r.bucket(landing.bucket()).key("web/1.csv"), RequestBody.fromString("1\n"));
            await().until(() -> cluster.count("public." + name) == 1);
            s3.putObject(r -> r.bucket(landing.bucket()).key("web/bad.csv"), RequestBody.fromString("x\n"));
            await().until(() -> setting.run("list", "batches").out().stream()
                            .filter(line -> line.contains("complete") || line.contains("error"))
                            .count()
                    == 2);
        }
        assertThat(calls).hasSizeGreaterThan(20);
        calls.forEach(call -> refused.addAll(CallPermissions.lacking("the application", call, application)));

        Map<String, String[]> commands = commands();
        Set<String> unknown = new TreeSet<>(Commands.names());
        unknown.removeAll(commands.keySet());
        assertThat(unknown).as("commands that this test doesn't give").isSubsetOf(SILENT);
        commands.forEach((command, words) -> {
            calls.clear();
            CaravanCommand done = setting.run(words);
            assertThat(done.exitCode()).as(command + ": " + done.err()).isNotEqualTo(2);
            assertThat(calls).as(command).isNotEmpty();
            calls.forEach(call -> refused.addAll(CallPermissions.lacking(command, call, operator)));
        });
        assertThat(refused).isEmpty();
    }

    private Map<String, String[]> commands() {
        String url = "s3://" + landing.bucket() + "/web/1.csv";
        String batch = setting.run("list", "batches", "--status", "complete")
                .out()
                .get(1)
                .split(" ", 2)[0];
        Map<String, String[]> commands = new LinkedHashMap<>();
        for (String line : List.of(
                "setup --yes",
                "check web --send-test-event --yes --wait 1s",
                "doctor redshift --yes --only other-region",
                "list feeds",
                "list batches",
                "list files --feed web",
                "describe feed web",
                "describe batch " + batch,
                "describe file " + url,
                "status",
                "pause feed web",
                "resume feed web",
                "flush feed web",
                "unlock batch " + batch,
                "reprocess batch " + batch,
                "reprocess batches --yes",
                "reload s3://" + landing.bucket() + "/web/bad.csv",
                "reconcile web",
                "backfill web --yes",
                "list syncs",
                "sync shop --no-wait",
                "describe sync shop",
                "pause sync shop",
                "resume sync shop",
                "list mirrors",
                "mirror copy --plan",
                "rebase mirror copy --no-wait",
                "describe mirror copy",
                "pause mirror copy",
                "resume mirror copy",
                "redrive",
                "delete batches --status complete --until 1s --yes",
                "audit lambda-loader",
                "import --from-lambda-loader --to target/never")) {
            String[] words = line.split(" ", -1);
            List<String> name = new ArrayList<>(List.of(words[0]));
            if (!Commands.names().contains(words[0])) {
                name.add(words[1]);
            }
            commands.put(String.join(" ", name), words);
        }
        return commands;
    }
}
