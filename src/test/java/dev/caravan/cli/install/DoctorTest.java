package dev.caravan.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.cli.Schemas;
import dev.caravan.operate.doctor.trial.Proof;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.dataapi.DataApiServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code caravan doctor} on a stand-in that is as Redshift is said to be. */
class DoctorTest {
    private final Landing landing = SharedSandbox.landing();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());

    @AfterEach
    void clear() {
        SharedSandbox.get().redshift().faults().clear();
        SharedSandbox.get().awsFaults().clear();
    }

    @Test
    void provesAllAndLeavesNothing() throws Exception {
        String secret = "s3://" + landing.bucket() + "/secret.csv";
        SharedSandbox.get()
                .s3()
                .putObject(r -> r.bucket(landing.bucket()).key("secret.csv"), RequestBody.fromString("1,a\n"));
        SharedSandbox.get().redshift().faults().add("s3-403 match=" + secret + " forever");
        try (OperatorSetting setting = setting("doctor")) {
            CaravanCommand doctor = setting.run("doctor", "redshift", "--yes", "--unreadable", secret);
            assertThat(doctor.err()).as(OperatorSetting.text(doctor.out())).isEmpty();
            assertThat(doctor.out()).noneMatch(line -> line.matches("(DIFFERS|not tried).*"));
            for (Proof proof : Proof.values()) {
                assertThat(doctor.out()).contains("proven    " + proof.word() + ": " + proof.assertion());
            }
            assertThat(doctor.exitCode()).isZero();
        }
        nothingIsLeft();
    }

    @Test
    void provesTheSameThroughTheDataApi_andTellsScripts() throws Exception {
        try (OperatorSetting setting = setting("doctor-api")) {
            Map.of(
                            "camel.beans.analytics", "#class:dev.caravan.dataapi.DataApiDataSource",
                            "camel.beans.analytics.workgroupName", DataApiServer.CLUSTER,
                            "camel.beans.analytics.database", "dev")
                    .forEach(setting::with);
            CaravanCommand doctor = setting.run("doctor", "analytics", "--yes", "--output", "json");
            assertThat(doctor.err().lines()).singleElement().asString().startsWith("In cluster analytics, the schema ");
            JsonNode report = Schemas.check(OperatorSetting.text(doctor.out()), "doctor");
            assertThat(report.findValuesAsText("proof"))
                    .containsExactlyElementsOf(
                            Arrays.stream(Proof.values()).map(Proof::word).toList());
            report.path("proofs").forEach(proof -> {
                boolean skipped = List.of("wrong-keys", "no-permission")
                        .contains(proof.path("proof").asText());
                assertThat(proof.path("verdict").asText())
                        .as(proof.toString())
                        .isEqualTo(skipped ? "not tried" : "proven");
            });
            assertThat(report.path("way").asText()).isEqualTo("Data API");
            assertThat(report.path("left")).isEmpty();
            assertThat(doctor.exitCode()).isZero();
        }
        nothingIsLeft();
    }

    @Test
    void createsNothingUnlessTold() throws Exception {
        try (OperatorSetting setting = setting("doctor-asks")) {
            CaravanCommand doctor = setting.run("doctor", "redshift");
            assertThat(doctor.exitCode()).isEqualTo(1);
            assertThat(doctor.out()).singleElement().asString().startsWith("In cluster redshift, the schema caravan_");
            assertThat(doctor.err()).contains("There is no terminal to ask at");
            assertThat(setting.run("doctor", "nowhere", "--yes").err())
                    .startsWith("caravan: no data source has the name nowhere");
            assertThat(setting.with("caravan.manifest-prefix", "")
                            .run("doctor", "redshift", "--yes")
                            .err())
                    .contains("manifest-prefix");
        }
        nothingIsLeft();
    }

    @Test
    void tellsWhatItCannotTakeAway_andHow() throws Exception {
        SharedSandbox.get().redshift().faults().add("disk-full match=^DROP.SCHEMA forever");
        SharedSandbox.get().awsFaults().add("s3 denied match=DeleteObject forever");
        String drop;
        try (OperatorSetting setting = setting("doctor-leaves")) {
            CaravanCommand doctor = setting.run("doctor", "redshift", "--yes", "--only", "row-count");
            assertThat(doctor.exitCode()).isEqualTo(1);
            assertThat(doctor.err())
                    .contains("disk is full")
                    .containsPattern("\naws s3 rm --recursive 's3://" + landing.manifestBucket()
                            + "/manifests/caravan-doctor/[0-9a-f]{12}/'\n");
            drop = doctor.err()
                    .lines()
                    .filter(line -> line.startsWith("DROP SCHEMA"))
                    .findFirst()
                    .orElseThrow();
        }
        clear();
        cluster.run(drop);
        assertThat(scratchSchemas()).isEmpty();
    }

    @Test
    void takesAllAwayWhenItIsEnded() throws Exception {
        SharedSandbox.get().redshift().faults().add("slow match=^COPY ms=120000 forever");
        try (OperatorSetting setting = setting("doctor-ended")) {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.caravan.Caravan",
                            "doctor",
                            "redshift",
                            "--yes")
                    .redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.matches("(AWS|CARAVAN|CAMEL)_.*"));
            builder.environment().putAll(setting.environment());
            Process doctor = builder.start();
            try (var lines = doctor.inputReader()) {
                assertThat(lines.lines().anyMatch(line -> line.startsWith("proven    " + Proof.GUARD_LONG_ID.word())))
                        .isTrue();
                assertThat(scratchSchemas()).hasSize(1);
                doctor.destroy(); // as ctrl-C does
                assertThat(doctor.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                doctor.destroyForcibly();
            }
        }
        nothingIsLeft();
    }

    private OperatorSetting setting(String tablePrefix) {
        return new OperatorSetting(landing, tablePrefix)
                .feed("web", "prefix", landing.bucket() + "/in/", "table", "public.web");
    }

    private List<String> scratchSchemas() {
        return cluster.column("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'caravan_doctor%'");
    }

    private void nothingIsLeft() throws Exception {
        assertThat(scratchSchemas()).isEmpty();
        assertThat(SharedSandbox.get()
                        .s3()
                        .listObjectsV2(r -> r.bucket(landing.manifestBucket()))
                        .contents())
                .isEmpty();
    }
}
