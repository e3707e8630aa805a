package dev.caravan.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.cli.Schemas;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.operate.doctor.trial.Proof;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.dataapi.DataApiServer;
import dev.caravan.sandbox.redshift.Quirk;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Whatever the stand-in is told to do otherwise, {@code caravan doctor} finds it, and takes nothing else for it. */
class DoctorFindsTest {
    private static final Landing LANDING = SharedSandbox.landing();
    private static final String UNREADABLE = "s3://" + LANDING.bucket() + "/secret.csv";

    @BeforeEach
    void unreadable() {
        SharedSandbox.get()
                .s3()
                .putObject(r -> r.bucket(LANDING.bucket()).key("secret.csv"), RequestBody.fromString("1,a\n"));
        SharedSandbox.get().redshift().faults().add("s3-403 match=" + UNREADABLE + " forever");
    }

    @AfterEach
    void clear() {
        SharedSandbox.get().redshift().quirks().clear();
        SharedSandbox.get().redshift().faults().clear();
    }

    static Stream<Arguments> misbehaviours() {
        return Stream.of(
                Arguments.of(Quirk.CASTS_PASS, EnumSet.of(Proof.GUARD_FINDS, Proof.LOADED_ONCE, Proof.TRIAL)),
                Arguments.of(Quirk.NO_DETAIL, EnumSet.of(Proof.GUARD_FINDS, Proof.LOADED_ONCE, Proof.TRIAL)),
                Arguments.of(Quirk.NO_LONG_DETAIL, EnumSet.of(Proof.GUARD_LONG_ID)),
                Arguments.of(Quirk.NULL_IS_EMPTY, EnumSet.of(Proof.GUARD_PASSES)),
                Arguments.of(Quirk.NO_COPY_COUNT, EnumSet.of(Proof.ROW_COUNT)),
                Arguments.of(Quirk.COPY_COMMITS, EnumSet.of(Proof.TRIAL, Proof.ALL_OR_NOTHING, Proof.MANY_STATEMENTS)),
                Arguments.of(Quirk.LOCK_DOES_NOT_WAIT, EnumSet.of(Proof.TURNS)),
                Arguments.of(Quirk.OLD_SNAPSHOT, EnumSet.of(Proof.TURNS)),
                Arguments.of(Quirk.COPY_NOT_WITH_DDL, EnumSet.of(Proof.MERGE, Proof.NEW_COLUMN)),
                Arguments.of(Quirk.ALTER_COMMITS, EnumSet.of(Proof.NEW_COLUMN)),
                Arguments.of(Quirk.COPY_KEEPS_CASE, EnumSet.of(Proof.MIXED_CASE)),
                Arguments.of(
                        Quirk.NO_REASONS,
                        EnumSet.of(
                                Proof.MISSING_FILE,
                                Proof.BAD_ROW,
                                Proof.BAD_PARQUET,
                                Proof.WRONG_KEYS,
                                Proof.NO_PERMISSION,
                                Proof.OTHER_REGION)),
                Arguments.of(Quirk.LOAD_ERRORS_LAG, EnumSet.of(Proof.SYS_ERRORS)),
                Arguments.of(Quirk.LOAD_ERRORS_LOST, EnumSet.of(Proof.STL_ERRORS, Proof.SYS_ERRORS)));
    }

    @ParameterizedTest
    @MethodSource("misbehaviours")
    void whatDiffers(Quirk quirk, Set<Proof> differing) throws Exception {
        Map<Proof, String> found = verdicts("redshift", quirk, differing);
        assertThat(found)
                .hasSameSizeAs(differing)
                .allSatisfy(
                        (proof, verdict) -> assertThat(verdict).as(proof.word()).isEqualTo("differs"));
    }

    @Test
    void everyAssertionIsFoundToDiffer() {
        Set<Proof> found = misbehaviours()
                .flatMap(each -> ((Set<?>) each.get()[1]).stream().map(Proof.class::cast))
                .collect(Collectors.toSet());
        assertThat(found).containsExactlyInAnyOrder(Proof.values());
    }

    @Test
    void aSessionOfTheDataApiThatIsNoTransaction() throws Exception {
        assertThat(verdicts("analytics", Quirk.CALLS_APART, EnumSet.of(Proof.ALL_OR_NOTHING, Proof.MANY_STATEMENTS)))
                .containsEntry(Proof.ALL_OR_NOTHING, "proven")
                .containsEntry(Proof.MANY_STATEMENTS, "differs");
    }

    @Test
    void whatCaravanHoldsAgainstIsProven() throws Exception {
        assertThat(verdicts("redshift", Quirk.CAST_FIRST, EnumSet.of(Proof.GUARD_FINDS, Proof.GUARD_PASSES)))
                .doesNotContainValue("differs");
        SharedSandbox.get().redshift().quirks().clear();
        assertThat(verdicts("redshift", Quirk.CASE_SENSITIVE, EnumSet.of(Proof.MIXED_CASE)))
                .containsEntry(Proof.MIXED_CASE, "proven");
        SharedSandbox.get().redshift().quirks().clear();
        assertThat(verdicts("redshift", Quirk.SERVERLESS, EnumSet.of(Proof.STL_ERRORS, Proof.SYS_ERRORS)))
                .containsEntry(Proof.STL_ERRORS, "not tried")
                .containsEntry(Proof.SYS_ERRORS, "proven");
    }

    /** With the quirk, those proofs alone. */
    private static Map<Proof, String> verdicts(String cluster, Quirk quirk, Set<Proof> proofs) throws Exception {
        try (OperatorSetting setting = new OperatorSetting(LANDING, "doctor-finds")
                .feed("web", "prefix", LANDING.bucket() + "/in/", "table", "public.web")) {
            Map.of(
                            "camel.beans.analytics", "#class:dev.caravan.dataapi.DataApiDataSource",
                            "camel.beans.analytics.workgroupName", DataApiServer.CLUSTER,
                            "camel.beans.analytics.database", "dev")
                    .forEach(setting::with);
            SharedSandbox.get().redshift().quirks().add(quirk);
            CaravanCommand doctor = setting.run(
                    "doctor",
                    cluster,
                    "--yes",
                    "--output",
                    "json",
                    "--patience",
                    "1s",
                    "--unreadable",
                    UNREADABLE,
                    "--only",
                    proofs.stream().map(Proof::word).collect(Collectors.joining(",")));
            JsonNode report = Schemas.check(OperatorSetting.text(doctor.out()), "doctor");
            Map<Proof, String> verdicts = new TreeMap<>();
            report.path("proofs").forEach(line -> {
                Proof proof = Proof.named(line.path("proof").asText()).orElseThrow();
                verdicts.put(proof, line.path("verdict").asText());
                boolean differs = line.path("verdict").asText().equals("differs");
                assertThat(line.path("meaning").asText().isEmpty())
                        .as(line.toString())
                        .isEqualTo(!differs);
            });
            assertThat(doctor.exitCode()).isEqualTo(verdicts.containsValue("differs") ? CommandFailed.DIFFERS : 0);
            assertThat(report.path("left")).isEmpty();
            return verdicts;
        }
    }
}
