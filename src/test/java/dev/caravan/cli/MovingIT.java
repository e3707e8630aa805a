package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.migrate.lambdaloader.LoaderRemains;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Moving from the AWS loader with the packaged jar: {@code import}, {@code import --ledger} and {@code audit lambda-loader}. */
class MovingIT {
    private final Landing landing = SharedSandbox.landing();
    private final String prefix = landing.bucket() + "/in/web";

    @TempDir
    Path folder;

    @Test
    void fromTheAwsLoader() throws Exception {
        Instant later = Instant.now().plus(Duration.ofMinutes(5));
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        for (String name : List.of("1.csv", "2.csv", "3.csv")) {
            SharedSandbox.get()
                    .s3()
                    .putObject(r -> r.bucket(landing.bucket()).key("in/web/" + name), RequestBody.fromString("1\n"));
        }
        new LoaderRemains("moving-", landing.manifestBucket())
                .config(Map.of(
                        "s3Prefix",
                        prefix,
                        "version",
                        "2.7.8",
                        "batchSize",
                        10,
                        "loadClusters",
                        List.of(Map.of(
                                "clusterEndpoint", "redshift.example.com",
                                "clusterPort", 5439,
                                "clusterDB", "dev",
                                "connectUser", "loader",
                                "connectPassword", "AQECAHh",
                                "targetTable", "public.moved"))))
                .batch("done", prefix, "complete", later, prefix + "/1.csv", prefix + "/2.csv")
                .manifest("done", prefix + "/1.csv")
                .processed("done", later, prefix + "/1.csv", prefix + "/2.csv");
        Path routes = folder.resolve("routes");
        try (OperatorSetting setting = new OperatorSetting(landing, "moving")
                .feed("there", "prefix", landing.bucket() + "/there/", "table", "public.there")) {
            CaravanCommand written = setting.runJar(words("import", "--from-lambda-loader", "--to", routes.toString()));
            assertThat(written.err()).isEmpty();
            assertThat(written.out()).contains(routes.resolve("lambda-loader.camel.yaml") + ": 1 feed: in-web");
            assertThat(Files.readString(folder.resolve("caravan-clusters.properties")))
                    .contains("caravan.redshift.url=jdbc:redshift://redshift.example.com:5439/dev\n");

            setting.with("camel.main.routesIncludePattern", "file:" + routes + "/*.camel.yaml");
            assertThat(setting.runJar("setup", "--yes").out())
                    .contains("done    DynamoDB tables moving-files, moving-batches, moving-entries");
            assertThat(setting.runJar("describe", "feed", "in-web").out())
                    .anyMatch(line -> line.contains("public.moved"));
            CaravanCommand audit = setting.runJar(words("audit", "lambda-loader"));
            assertThat(audit.exitCode()).isEqualTo(3);
            assertThat(audit.out().get(1))
                    .startsWith("s3://" + prefix + "/2.csv")
                    .contains("  in-web  ");
            CaravanCommand seeded = setting.runJar(words("import", "--from-lambda-loader", "--ledger"));
            assertThat(seeded.err()).isEmpty();
            assertThat(seeded.out())
                    .containsExactly(
                            "feed in-web: 1 file noted as loaded; 2 files left: caravan backfill in-web has them loaded");
        }
    }

    private static String[] words(String... words) {
        return Stream.concat(Stream.of(words), Stream.of("--table-prefix", "moving-"))
                .toArray(String[]::new);
    }
}
