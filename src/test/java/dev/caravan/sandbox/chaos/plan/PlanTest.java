package dev.caravan.sandbox.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxExtension;
import dev.caravan.sandbox.faults.FaultRules;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SandboxExtension.class)
class PlanTest {
    @Test
    void aSeedRepeatsItsPlan_andAnotherMakesAnother() {
        assertThat(plan(5)).isEqualTo(plan(5));
        assertThat(plan(5).files()).isNotEqualTo(plan(6).files());
        assertThat(plan(5).troubles()).isNotEqualTo(plan(6).troubles());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 99, 123456})
    void everyPlanHasAKill_aFreezeLongerThanTheLease_andCommitsWhoseAnswerIsLost(long seed) {
        assertThat(plan(seed).troubles())
                .hasAtLeastOneElementOfType(Trouble.Kill.class)
                .anySatisfy(trouble -> assertThat(trouble)
                        .isInstanceOfSatisfying(
                                Trouble.Freeze.class,
                                freeze -> assertThat(freeze.length()).isGreaterThan(Plan.LEASE)))
                .anyMatch(trouble ->
                        trouble instanceof Trouble.Fault fault && fault.rule().startsWith("lost-commit"));
    }

    @Test
    void everyFaultIsOneThatTheSandboxKnows(Sandbox sandbox) {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(plan(seed).troubles())
                    .filteredOn(Trouble.Fault.class::isInstance)
                    .map(Trouble.Fault.class::cast)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(fault -> {
                        FaultRules rules = fault.where().equals(Trouble.Fault.AWS)
                                ? sandbox.awsFaults()
                                : sandbox.redshift().faults();
                        assertThat(rules.reading(fault.rule())).isNotNull();
                        assertThat(rules.names()).contains(fault.name());
                    });
        }
    }

    @Test
    void everyFileHasANameOfItsOwn_andComesWithinTheTime() {
        Plan plan = plan(3);
        assertThat(plan.files()).hasSize(1000).extracting(PlannedFile::name).doesNotHaveDuplicates();
        assertThat(plan.files())
                .allMatch(file -> file.at().compareTo(plan.options().length()) < 0);
    }

    @Test
    void badFilesAreAmongThem() {
        assertThat(plan(3).files())
                .filteredOn(file -> file.kind() != PlannedFile.Kind.GOOD)
                .extracting(PlannedFile::kind)
                .contains(PlannedFile.Kind.BAD_ROW, PlannedFile.Kind.DELETED);
    }

    @Test
    void hostileFilesAreAmongThem_goodOnesAndBadOnes_andAllKeysAreOnesThatS3Takes() {
        assertThat(plan(3).files())
                .filteredOn(PlannedFile::isHostile)
                .hasSizeGreaterThan(40)
                .extracting(PlannedFile::kind)
                .contains(PlannedFile.Kind.GOOD, PlannedFile.Kind.BAD_ROW, PlannedFile.Kind.DELETED);
        assertThat(plan(3).files()).allMatch(file -> file.key().getBytes(StandardCharsets.UTF_8).length <= 1024);
    }

    @Test
    void everyIngredientIsInAPlanThatHasIt_andInNoOther() {
        Plan with = plan(3);
        Plan without = Plan.of(ChaosOptions.parse("--seed", "3", "--files", "1000", "--with", "none"));
        assertThat(with.files()).extracting(PlannedFile::kind).contains(PlannedFile.Kind.values());
        assertThat(with.files())
                .flatExtracting(
                        file -> file.overwrite().stream().map(Overwrite::moment).toList())
                .contains(Overwrite.Moment.values());
        assertThat(with.feeds()).extracting(ChaosFeed::kind).contains(ChaosFeed.Kind.values());
        assertThat(with.troubles())
                .filteredOn(Trouble.Passing.class::isInstance)
                .extracting(trouble -> ((Trouble.Passing) trouble).ingredient())
                .contains(
                        Ingredient.HUNG_CLUSTERS,
                        Ingredient.JSONPATHS,
                        Ingredient.CHANGED_TABLE,
                        Ingredient.PAUSES,
                        Ingredient.OPERATOR);

        assertThat(without.files())
                .extracting(PlannedFile::kind)
                .containsOnly(PlannedFile.Kind.GOOD, PlannedFile.Kind.BAD_ROW, PlannedFile.Kind.DELETED);
        assertThat(without.files()).noneMatch(file -> file.overwrite().isPresent());
        assertThat(without.feeds()).hasSize(3);
        assertThat(without.troubles()).doesNotHaveAnyElementsOfTypes(Trouble.Passing.class);
    }

    private static Plan plan(long seed) {
        return Plan.of(ChaosOptions.parse("--seed", "" + seed, "--minutes", "2", "--files", "1000", "--with", "all"));
    }
}
