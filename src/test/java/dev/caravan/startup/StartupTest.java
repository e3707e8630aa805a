package dev.caravan.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.LogOf;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.startup.check.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Every fault of a configuration is reported at once, each with its file, key, value and what to do. */
class StartupTest extends ConfiguredStart {
    @Test
    void faultsOfFeedsAndSettingsAndServicesAreReportedTogether() throws Exception {
        feeds("""
                - beans:
                    - name: web
                      type: dev.caravan.feed.Feed
                      properties:
                        prefix: landing/web/
                        table: public.web_log
                        batchsise: 10
                        batchTimeout: 5x
                        clusters: nowhere
                    - name: web2
                      type: dev.caravan.feed.Feed
                      properties:
                        prefix: landing/web/
                        table: public.web_log
                """);
        properties.put("caravan.queue", "no-such-queue");
        properties.put("caravan.dead-letter-queue", "dead.fifo");
        properties.put("caravan.manifest-prefix", "no-such-bucket/manifests");
        properties.put("caravan.loaded-topic", "no-such-topic");
        properties.put("caravan.failed-topic", "arn:aws:sns:eu-west-1:000000000000:no-such-topic-either");
        properties.put("caravan.load.retry-for", "1 day");
        properties.put("caravan.unmatched", "maybe");
        properties.put("caravan.no-load-windows", "0 0 2 * * ? for 1h in Europe/Berln");

        properties.put("caravan.webhook-url", "hooks.example/secret");
        properties.put("caravan.housekeeping-at", "every sunday");
        properties.put("caravan.reload", "yes");
        properties.put("caravan.reconcile", "yes");
        properties.put("caravan.console.observe-hosts", "caravan.example.com, http://caravan.example.com:9876");

        List<String> faults = faults();

        String file = folder.resolve("feeds.camel.yaml").toString();
        assertThat(faults).hasSize(17).noneMatch(f -> f.contains("secret"));
        assertThat(faults)
                .anyMatch(f -> f.contains("caravan.console.observe-hosts = http://caravan.example.com:9876"))
                .anyMatch(f ->
                        f.contains(file) && f.contains("web.batchsise = 10") && f.contains("did you mean 'batchSize'"))
                .anyMatch(f -> f.contains(file) && f.contains("web.batchTimeout = 5x"))
                .anyMatch(f -> f.contains(file) && f.contains("web.clusters = nowhere") && f.contains("[redshift]"))
                .anyMatch(f -> f.contains("prefix = landing/web/") && f.contains("has the same prefix"))
                .anyMatch(f -> f.contains("caravan.load.retry-for = 1 day"))
                .anyMatch(f -> f.contains("caravan.unmatched = maybe"))
                .anyMatch(f -> f.contains("caravan.no-load-windows = 0 0 2 * * ? for 1h in Europe/Berln")
                        && f.contains("did you mean 'Europe/Berlin'?"))
                .anyMatch(f -> f.contains("caravan.webhook-url: "))
                .anyMatch(f -> f.contains("caravan.housekeeping-at = every sunday"))
                .anyMatch(f -> f.contains("caravan.reload = yes: write true or false"))
                .anyMatch(f -> f.contains("caravan.reconcile = yes") && f.contains("true or false"))
                .anyMatch(f -> f.contains("caravan.queue = no-such-queue") && f.contains("no such SQS queue"))
                .anyMatch(f -> f.contains("caravan.dead-letter-queue = dead.fifo: S3 sends no events to FIFO"))
                .anyMatch(f -> f.contains("no-such-bucket") && f.contains("no such S3 bucket"))
                .anyMatch(f -> f.contains("caravan.loaded-topic = no-such-topic") && f.contains("no such SNS topic"))
                .anyMatch(f -> f.contains("no-such-topic-either"));
    }

    @Test
    void durationsAndCountsOutOfBoundsAreReportedTogether_andWhatDoesntGoTogether() throws Exception {
        feeds(GOOD_FEED);
        properties.put("caravan.ledger.lease", "0s");
        properties.put("caravan.ledger.scan-interval", "2d");
        properties.put("caravan.ledger.keep", "2d");
        properties.put("caravan.load.retry-for", "3d");
        properties.put("caravan.load.at-most", "0s");
        properties.put("caravan.reconcile", "true");
        properties.put("caravan.reconcile-since", "30d");
        properties.put("caravan.receivers", "0");
        properties.put("caravan.receive-wait-seconds", "21");
        properties.put("caravan.events-at-once", "0");
        assertThat(faults())
                .hasSize(8)
                .allMatch(fault -> fault.startsWith("application.properties: caravan."))
                .anyMatch(fault -> fault.contains("caravan.ledger.lease = 0s: write from 1s to 1h, for example 60s"))
                .anyMatch(fault -> fault.contains("caravan.ledger.scan-interval = 2d: write from 100ms to 1h"))
                .anyMatch(fault -> fault.contains("caravan.ledger.keep = 2 d: the ledger would forget batches")
                        && fault.contains("caravan.load.retry-for, 3 d"))
                .anyMatch(fault -> fault.contains("caravan.load.at-most = 0s: write from 1s to 24h"))
                .anyMatch(fault -> fault.contains("caravan.reconcile-since = 30 d: the ledger knows less"))
                .anyMatch(fault -> fault.contains("caravan.receivers = 0: write a number from 1 to 100"))
                .anyMatch(fault -> fault.contains("caravan.receive-wait-seconds = 21: write a number from 1 to 20"))
                .anyMatch(fault -> fault.contains("caravan.events-at-once = 0: write a number from 1 to 10000"));
    }

    @Test
    void aDataSourceWithTheRingBufferOnIsRefused() throws Exception {
        feeds(GOOD_FEED);
        properties.put("camel.beans.redshift.dataSourceProperties.enableFetchRingBuffer", "true");
        assertThat(faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .contains(
                                "application.properties: camel.beans.redshift.dataSourceProperties.enableFetchRingBuffer = true")
                        .contains("set it to false"));
    }

    @Test
    void aDataSourceWhoseErrorsHaveNoDetailIsRefused_whereverThatIsSaid() throws Exception {
        feeds(GOOD_FEED);
        properties.put("camel.beans.redshift.dataSourceProperties.logServerErrorDetail", "false");
        assertThat(faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .contains("camel.beans.redshift.dataSourceProperties.logServerErrorDetail = false: remove it"));
        properties.remove("camel.beans.redshift.dataSourceProperties.logServerErrorDetail");
        properties.put(
                "caravan.redshift.url",
                "jdbc:redshift://localhost:5439/dev?ssl=false&logservererrordetail=false&enableFetchRingBuffer=TRUE");
        assertThat(faults())
                .hasSize(2)
                .anyMatch(fault -> fault.contains("logServerErrorDetail = false: remove it"))
                .anyMatch(fault -> fault.contains("enableFetchRingBuffer = false, true: set it to false"));
    }

    @Test
    void aDataSourceThatIsNotRedshiftIsRefused_andNoPasswordIsShown() throws Exception {
        feeds(GOOD_FEED);
        properties.put("caravan.redshift.url", "jdbc:postgresql://host/db?password=hunter2");
        assertThat(faults())
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault).contains("jdbc:postgresql://host/db").doesNotContain("hunter2"));
    }

    @Test
    void aClusterBehindTheDataApiThatCantBeReachedForGoodIsRefused() throws Exception {
        feeds(GOOD_FEED);
        dataApi("combined", Map.of("workgroupName", "sandbox", "clusterIdentifier", "sandbox"));
        dataApi("unknown", Map.of("workgroupName", "sandbx", "database", "dev"));
        dataApi("nodb", Map.of("clusterIdentifier", "sandbox", "database", "dve"));
        dataApi("good", Map.of("clusterIdentifier", "sandbox", "database", "dev", "dbUser", "awsuser"));
        assertThat(faults())
                .hasSize(4)
                .allMatch(fault -> fault.startsWith("application.properties: camel.beans."))
                .anyMatch(fault -> fault.contains("camel.beans.combined.clusterIdentifier = sandbox: a cluster is a"))
                .anyMatch(fault -> fault.contains("camel.beans.combined.database: missing"))
                .anyMatch(fault -> fault.contains("camel.beans.unknown: AWS knows no such workgroup or cluster"))
                .anyMatch(fault -> fault.contains("camel.beans.nodb: the database does not exist"));
    }

    @Test
    void aPermissionThatTheDataApiLacksIsNamed_andAClusterThatIsDownIsNoFault() throws Exception {
        feeds(GOOD_FEED);
        dataApi("analytics", Map.of("workgroupName", "sandbox", "database", "dev"));
        SharedSandbox.get().awsFaults().add("redshift-data denied forever");
        SharedSandbox.get().awsFaults().add("s3 denied forever"); // so that it doesn't start in the second half either
        try {
            assertThat(faults())
                    .anyMatch(fault -> fault.contains("camel.beans.analytics: AWS doesn't let Caravan use")
                            && fault.contains("not authorized to perform: redshift-data:ExecuteStatement"));
            SharedSandbox.get().awsFaults().clear();
            SharedSandbox.get().awsFaults().add("s3 denied forever");
            SharedSandbox.get().redshift().faults().add("connection-refused forever");
            assertThat(faults()).noneMatch(fault -> fault.contains("camel.beans.analytics"));
        } finally {
            SharedSandbox.get().awsFaults().clear();
            SharedSandbox.get().redshift().faults().clear();
        }
    }

    @Test
    void thatTheLedgerMayNotBeAskedWhatWasOverwrittenIsAFaultAtStart() throws Exception {
        feeds(GOOD_FEED);
        SharedSandbox.get().awsFaults().add("dynamodb denied match=ExecuteStatement forever");
        SharedSandbox.get().awsFaults().add("s3 denied forever");
        try {
            assertThat(faults())
                    .anyMatch(fault ->
                            fault.contains("caravan.ledger.table-prefix") && fault.contains("dynamodb:PartiQLSelect"));
        } finally {
            SharedSandbox.get().awsFaults().clear();
        }
    }

    private void dataApi(String name, Map<String, String> of) {
        properties.put("camel.beans." + name, "#class:dev.caravan.dataapi.DataApiDataSource");
        of.forEach((key, value) -> properties.put("camel.beans." + name + "." + key, value));
    }

    @Test
    void missingCredentialsAreOneFault_whateverElseIsWrong() throws Exception {
        feeds(GOOD_FEED + "    batchsise: 1\n".indent(4));
        String key = System.clearProperty("aws.accessKeyId");
        try {
            assertThat(faults())
                    .anyMatch(fault ->
                            fault.contains("AWS credentials and region") && fault.contains("AWS_ACCESS_KEY_ID"))
                    .anyMatch(fault -> fault.contains("batchsise"))
                    .hasSize(2);
        } finally {
            System.setProperty("aws.accessKeyId", key);
        }
    }

    @Test
    void aSecretThatCantBeHadIsOneSentence() throws Exception {
        feeds(GOOD_FEED);
        assertThat(whyNot("{{aws:no-such-secret#password}}"))
                .isEqualTo("Caravan can't start: {{aws:no-such-secret#password}}: Secrets Manager has no such secret in"
                        + " eu-west-1: create it, or correct the name");
        assertThat(whyNot("{{file:" + folder + "/no-such-file}}"))
                .isEqualTo("Caravan can't start: {{file:" + folder + "/no-such-file}}: there is no such file: mount the"
                        + " secret there, readable for this process, or correct the path");
        try (SecretsManagerClient secrets = SecretsManagerClient.create()) {
            secrets.createSecret(r -> r.name("plain").secretString("hunter2"));
            assertThat(whyNot("{{aws:plain#password}}"))
                    .contains("{{aws:plain#password}}: the secret is not JSON")
                    .doesNotContain("hunter2");
            secrets.createSecret(r -> r.name("fields").secretString("{\"user\":\"hunter2\"}"));
            assertThat(whyNot("{{aws:fields#password}}"))
                    .contains("the secret has no such field")
                    .doesNotContain("hunter2");
        }
    }

    private String whyNot(String password) {
        properties.put("caravan.redshift.password", password);
        return Problem.inWords(catchThrowable(this::start));
    }

    @Test
    void secretsAreHadFromSecretsManagerFilesAndTheEnvironment() throws Exception {
        try (SecretsManagerClient secrets = SecretsManagerClient.create()) {
            secrets.createSecret(r -> r.name("cluster").secretString("{\"password\":\"of secrets manager\"}"));
        }
        Path file = Files.writeString(folder.resolve("user"), "of a file\n");
        feeds(GOOD_FEED + "accessKeyId: '{{env:PATH}}'\n".indent(8));
        properties.put("caravan.redshift.password", "{{aws:cluster#password}}");
        properties.put("caravan.redshift.user", "{{file:" + file + "}}");
        properties.put("caravan.webhook-authorization", "{{aws:not-there:otherwise}}");
        assertThat(faults())
                .singleElement()
                .asString()
                .contains("web.accessKeyId: not a part of an AWS access key")
                .doesNotContain(System.getenv("PATH"));
        HikariDataSource pool = started.getRegistry().lookupByNameAndType("redshift", HikariDataSource.class);
        assertThat(pool.getPassword()).isEqualTo("of secrets manager");
        assertThat(pool.getUsername()).isEqualTo("of a file");
    }

    @Test
    void aGoodConfigurationStarts() throws Exception {
        feeds(GOOD_FEED);
        assertThat(catchThrowable(this::start)).isNull();
    }

    @Test
    void servicesThatOnlyLoadsNeedMayBeAway() throws Exception {
        feeds(GOOD_FEED);
        try (LogOf log = LogOf.messages("dev.caravan.startup")) {
            SharedSandbox.get().awsFaults().add("sns unreachable forever");
            SharedSandbox.get().awsFaults().add("s3 error forever");
            assertThat(catchThrowable(this::start)).isNull();
            assertThat(log.lines("caravan.loaded-topic"))
                    .singleElement()
                    .asString()
                    .contains("SNS can't be reached");
            assertThat(log.lines("caravan.manifest-prefix"))
                    .singleElement()
                    .asString()
                    .contains("S3 says");
        } finally {
            SharedSandbox.get().awsFaults().clear();
        }
    }
}
