package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.doctor.Proof;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.dataapi.DataApiServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    }

    @Test
    void provesAllAndLeavesNothing() throws Exception {
        String secret = "s3://" + landing.bucket() + "/secret.csv";
        SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key("secret.csv"), RequestBody.fromString("1,a\n"));
        SharedSandbox.get().redshift().faults().add("s3-403 match=" + secret + " forever");
        try (OperatorSetting setting = setting("doctor")) {
            CaravanCommand doctor =
                    setting.run("doctor", "redshift", "--yes", "--unreadable", secret);
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

    private OperatorSetting setting(String tablePrefix) {
        return new OperatorSetting(landing, tablePrefix)
                .feed("web", "prefix", landing.bucket() + "/in/", "table", "public.web");
    }

    private void nothingIsLeft() throws Exception {
        assertThat(cluster.column("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'caravan_doctor%'"))
                .isEmpty();
        assertThat(SharedSandbox.get()
                        .s3()
                        .listObjectsV2(r -> r.bucket(landing.manifestBucket()))
                        .contents())
                .isEmpty();
    }
}
