package dev.caravan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.caravan", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule BATCHES_KNOW_NOTHING_OF_AWS = noClasses()
            .that()
            .resideInAnyPackage("..event..", "..feed..", "..batch..", "..load..", "..manifest..", "..outcome..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..")
            .because("what a batch is must be testable without AWS, and must not change when AWS's SDK does");

    @ArchTest
    static final ArchRule ONLY_THE_LEDGER_TALKS_TO_DYNAMODB = noClasses()
            .that()
            .resideOutsideOfPackages("..ledger..", "..startup..", "..lambdaloader..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services.dynamodb..")
            .because(
                    "the ledger is the only writer of state; start-up makes its client; what reads the AWS loader's tables"
                            + " reads no others");

    @ArchTest
    static final ArchRule NOBODY_CALLS_THE_STEPS = classes()
            .that()
            .resideInAPackage("..steps..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage("..steps..", "..startup..")
            .because("steps are what routes call; start-up puts them together");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("dev.caravan.(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages follow the data, and data flows one way");

    @ArchTest
    static final ArchRule NO_PRINTING = noClasses()
            .that()
            .doNotHaveSimpleName("Caravan")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("only main speaks to the terminal; everything else logs");

    @ArchTest
    static final ArchRule NO_JAVA_SERIALIZATION = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.Object(In|Out)putStream")
            .because("serialized repositories drew CVEs; the ledger has plain attributes");
}
