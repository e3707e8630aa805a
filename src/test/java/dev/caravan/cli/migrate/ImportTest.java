package dev.caravan.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.feed.property.MatchPolicy;
import dev.caravan.migrate.lambdaloader.LoaderRemains;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.startup.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code caravan import}: what it writes is what Caravan reads, without a fault. */
class ImportTest {
    private static final String ENDPOINT = ".abc.eu-west-1.redshift.amazonaws.com";

    private final Landing landing = SharedSandbox.landing();
    private final String tables = "import-" + landing.bucket() + "-";

    @TempDir
    Path folder;

    @Test
    void theAwsLoadersConfigurationBecomesFeedsWithoutAFault() throws Exception {
        configure();
        Path routes = folder.resolve("routes");
        try (OperatorSetting setting = setting()) {
            CaravanCommand done = importTo(setting, routes);
            assertThat(done.err()).isEmpty();
            assertThat(done.exitCode()).isZero();
            assertThat(done.out())
                    .contains(
                            routes.resolve("lambda-loader.camel.yaml") + ": 4 feeds: in-old, in-two, in-two-2, logs",
                            folder.resolve("caravan-clusters.properties") + ": 2 clusters",
                            "  - unless a feed of yours loads it, the cluster redshift that application.properties was shipped with"
                                    + " may go: take its lines away (caravan.redshift… and camel.beans.redshift…), and set"
                                    + " caravan.clusters=old_one,second")
                    .anyMatch(line -> line.startsWith("  - set CARAVAN_OLD_ONE_PASSWORD: the password of loader at"
                            + " jdbc:redshift://old-one" + ENDPOINT + ":5439/dev is encrypted with KMS"));
            String written = Files.readString(routes.resolve("lambda-loader.camel.yaml"))
                    + Files.readString(folder.resolve("caravan-clusters.properties"))
                    + done.out();
            assertThat(written).doesNotContain("AQECAHh").contains("lambda-redshift-trigger-file.dummy");
            try (Installation installation = read(routes)) {
                Feeds feeds = installation.feeds();
                assertThat(feeds.faults()).isEmpty();
                assertThat(feeds.all().stream().map(Feed::name))
                        .containsExactly("in-old", "in-two", "in-two-2", "logs");
                Feed old = feeds.named("in-old").orElseThrow();
                assertThat(old.table()).isEqualTo("public.old");
                assertThat(old.copyOptions()).isEqualTo("DELIMITER '|' IGNOREHEADER 1 MAXERROR 10");
                assertThat(old.batchSize()).isEqualTo(20);
                assertThat(old.columns()).containsExactly("a", "b");
                Feed two = feeds.named("in-two").orElseThrow();
                assertThat(two.clusters()).containsExactly("old_one", "second");
                assertThat(two.in("old_one").table()).isEqualTo("public.two");
                assertThat(two.in("second").table()).isEqualTo("lake.two");
                assertThat(two.onMatch()).isEqualTo(MatchPolicy.CONTINUE);
                Feed third = feeds.named("in-two-2").orElseThrow();
                assertThat(third.clusters()).containsExactly("second");
                assertThat(third.table()).isEqualTo("bi.two");
                assertThat(third.onMatch()).isEqualTo(MatchPolicy.STOP);
                assertThat(two.batchTimeout()).hasMinutes(10);
                assertThat(two.loadedTopic()).contains(landing.loadedTopicArn());
                assertThat(two.clusters())
                        .allMatch(cluster -> installation.cluster(cluster).isPresent());
            } finally {
                forget();
            }
        }
    }

    @Test
    void noClusterIsNamedAsAFeedIs() throws Exception {
        new LoaderRemains(tables, landing.manifestBucket())
                .config(Map.of(
                        "s3Prefix",
                        landing.bucket() + "/analytics",
                        "version",
                        "2.6.0",
                        "loadClusters",
                        List.of(cluster("analytics", "public.logs")),
                        "batchTimeoutSecs",
                        0));
        try (OperatorSetting setting = setting()) {
            assertThat(importTo(setting, folder.resolve("routes")).out())
                    .anyMatch(line -> line.startsWith("  - set CARAVAN_ANALYTICS_CLUSTER_PASSWORD: "));
            assertThat(folder.resolve("routes/lambda-loader.camel.yaml"))
                    .content()
                    .contains("- name: analytics\n", "clusters: analytics_cluster\n")
                    .contains("batchTimeout: 1s\n", "batchTimeoutSecs was 0: there, each event loaded what waited");
            assertThat(folder.resolve("caravan-clusters.properties"))
                    .content()
                    .contains(", not named analytics, for a feed is.", "camel.beans.analytics_cluster=#class:")
                    .doesNotContain("camel.beans.analytics=");
        }
    }

    @Test
    void aFileThatIsThereIsNotOverwritten_unlessForced() throws Exception {
        configure();
        Files.writeString(folder.resolve("caravan-clusters.properties"), "mine");
        try (OperatorSetting setting = setting()) {
            CaravanCommand refused = importTo(setting, folder.resolve("routes"));
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err())
                    .isEqualTo("caravan: " + folder.resolve("caravan-clusters.properties")
                            + " is there already: move it away, or overwrite with --force; nothing is written\n");
            assertThat(folder.resolve("routes")).doesNotExist();
            assertThat(folder.resolve("caravan-clusters.properties")).hasContent("mine");
            assertThat(importTo(setting, folder.resolve("routes"), "--force").exitCode())
                    .isZero();
            assertThat(folder.resolve("caravan-clusters.properties")).content().contains("camel.beans.second=");
        }
    }

    @Test
    void whatIsWrongIsOneSentence() throws Exception {
        try (OperatorSetting setting = setting()) {
            assertThat(setting.run("import", "--to", folder.toString()).err())
                    .isEqualTo(
                            "caravan: say what to read, one of --from-lambda-loader, --from-rin FILE and --from-data-pipeline FILE (only the first keeps a record for --ledger)\n");
            assertThat(importTo(setting, folder).err())
                    .startsWith("caravan: can't read the AWS loader's table " + tables);
            Path config = Files.writeString(folder.resolve("config.yaml"), "targets: [");
            assertThat(setting.run("import", "--from-rin", config.toString()).err())
                    .startsWith("caravan: " + config + " is no YAML: ");
            assertThat(setting.run("import", "--from-rin", "nowhere.yaml").err())
                    .contains("nowhere.yaml");
            Files.writeString(
                    config, "targets: [{redshift: {table: t, host: h}, s3: {bucket: landing, key_prefix: in/}}]");
            String key = System.clearProperty("aws.accessKeyId");
            try {
                assertThat(setting.run(
                                        "import",
                                        "--from-rin",
                                        config.toString(),
                                        "--to",
                                        folder.resolve("routes").toString())
                                .out())
                        .as("a file is read without AWS's credentials")
                        .contains(folder.resolve("routes/rin.camel.yaml") + ": 1 feed: in");
                assertThat(importTo(setting, folder).err()).contains("AWS credentials and region");
            } finally {
                System.setProperty("aws.accessKeyId", key);
            }
            new LoaderRemains(tables, landing.manifestBucket());
            assertThat(importTo(setting, folder).err())
                    .isEqualTo("caravan: the AWS loader has no configuration there: nothing is written\n");
        }
    }

    /** Version 1 had one cluster, within the configuration itself; later ones have a list. */
    private void configure() {
        String bucket = landing.bucket();
        new LoaderRemains(tables, landing.manifestBucket())
                .config(Map.ofEntries(
                        Map.entry("s3Prefix", bucket + "/in/old"),
                        Map.entry("version", "1.1.5"),
                        Map.entry("clusterEndpoint", "old-one" + ENDPOINT),
                        Map.entry("clusterPort", 5439),
                        Map.entry("clusterDB", "dev"),
                        Map.entry("connectUser", "loader"),
                        Map.entry("connectPassword", "AQECAHh"),
                        Map.entry("targetTable", "public.old"),
                        Map.entry("columnList", "a,b"),
                        Map.entry("truncateTarget", false),
                        Map.entry("dataFormat", "CSV"),
                        Map.entry("csvDelimiter", "|"),
                        Map.entry("ignoreCsvHeader", true),
                        Map.entry("copyOptions", "MAXERROR 10"),
                        Map.entry("batchSize", 20),
                        Map.entry("manifestBucket", landing.manifestBucket()),
                        Map.entry("manifestKey", "loader"),
                        Map.entry("currentBatch", "2588cc35-b52f-4408-af89-19e53f4acc11")))
                .config(Map.ofEntries(
                        Map.entry("s3Prefix", bucket + "/in/two"),
                        Map.entry("version", "2.8.3"),
                        Map.entry("filenameFilterRegex", ".*\\.json$"),
                        Map.entry(
                                "loadClusters",
                                List.of(
                                        cluster("old-one", "public.two"),
                                        cluster("second", "lake.two"),
                                        cluster("second", "bi.two"))),
                        Map.entry("dataFormat", "JSON"),
                        Map.entry("compression", "GZIP"),
                        Map.entry("copyOptions", "TIMEFORMAT 'auto'\n TRUNCATECOLUMNS"),
                        Map.entry("batchSize", 100),
                        Map.entry("batchSizeBytes", 1000000),
                        Map.entry("batchTimeoutSecs", 600),
                        Map.entry("successTopicARN", landing.loadedTopicArn()),
                        Map.entry("failedManifestKey", "failed"),
                        Map.entry("secretKeyForS3", "AQECAHh")))
                .config(Map.of(
                        "s3Prefix",
                        bucket + "/logs/dt=*/hour=*",
                        "version",
                        "2.6.0",
                        "loadClusters",
                        List.of(cluster("second", "public.logs"))));
    }

    private OperatorSetting setting() {
        return new OperatorSetting(landing, "import")
                .feed("there", "prefix", landing.bucket() + "/there/", "table", "public.there");
    }

    private static Map<String, Object> cluster(String name, String table) {
        return Map.of(
                "clusterEndpoint",
                name + ENDPOINT,
                "clusterPort",
                5439,
                "clusterDB",
                "dev",
                "connectUser",
                "loader",
                "connectPassword",
                "AQECAHh",
                "targetTable",
                table,
                "useSSL",
                true);
    }

    private CaravanCommand importTo(OperatorSetting setting, Path routes, String... more) {
        var words = new ArrayList<>(
                List.of("import", "--from-lambda-loader", "--table-prefix", tables, "--to", routes.toString()));
        words.addAll(List.of(more));
        return setting.run(words.toArray(String[]::new));
    }

    private Installation read(Path routes) throws Exception {
        properties().forEach((key, value) -> System.setProperty(key.toString(), value.toString()));
        System.setProperty("camel.main.routesIncludePattern", "file:" + routes + "/*.camel.yaml");
        return Installation.open();
    }

    private void forget() throws Exception {
        properties().keySet().forEach(key -> System.clearProperty(key.toString()));
        System.clearProperty("camel.main.routesIncludePattern");
    }

    private Properties properties() throws Exception {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(folder.resolve("caravan-clusters.properties"))) {
            properties.load(in);
        }
        return properties;
    }
}
