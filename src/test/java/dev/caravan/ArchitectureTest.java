package dev.caravan;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
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
    /** What all pipelines share. */
    private static final String[] SHARED = {
        "dev.caravan.base..",
        "dev.caravan.outcome..",
        "dev.caravan.batch..",
        "dev.caravan.ledger..",
        "dev.caravan.s3..",
        "dev.caravan.redshift..",
        "dev.caravan.dataapi..",
        "dev.caravan.load..",
        "dev.caravan.tell.."
    };

    @ArchTest
    static final ArchRule BATCHES_KNOW_NOTHING_OF_AWS = noClasses()
            .that()
            .resideInAnyPackage(
                    "..s3.event..",
                    "..feed..",
                    "..batch..",
                    "..redshift.admission..",
                    "..load.manifest..",
                    "..outcome..")
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
            .haveSimpleNameEndingWith("Steps")
            .and()
            .resideOutsideOfPackage("..operate.setup..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage(
                    "..load..",
                    "..tell..",
                    "..pipeline..",
                    "..operate.housekeeping..",
                    "..operate.reconcile..",
                    "..startup..")
            .because("steps are what routes call; start-up puts them together");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("dev.caravan.(**)")
            .should()
            .beFreeOfCycles()
            .because("packages follow the data, and data flows one way");

    @ArchTest
    static final ArchRule THE_BASE_KNOWS_NOTHING_OF_CARAVAN = noClasses()
            .that()
            .resideInAPackage("dev.caravan.base..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.caravan..").and(resideOutsideOfPackage("dev.caravan.base..")))
            .because("everything may use it, so it may use nothing");

    @ArchTest
    static final ArchRule THE_HALL_KNOWS_NO_ROOM = noClasses()
            .that()
            .resideInAnyPackage(SHARED)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.caravan.feed..",
                    "dev.caravan.pipeline..",
                    "dev.caravan.operate..",
                    "dev.caravan.migrate..",
                    "dev.caravan.cli..",
                    "dev.caravan.startup..")
            .because("what all pipelines share must not change when one of them, or a command, does");

    @ArchTest
    static final ArchRule PIPELINES_DONT_KNOW_ONE_ANOTHER = slices().matching("dev.caravan.pipeline.(*)..")
            .should()
            .notDependOnEachOther()
            .because("a pipeline is added, changed and read without the others");

    @ArchTest
    static final ArchRule HOW_THE_LEDGER_IS_KEPT_IS_ITS_OWN = classes()
            .that()
            .resideInAPackage("dev.caravan.ledger.dynamo..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage(
                    "dev.caravan.ledger..",
                    "dev.caravan.startup..",
                    "dev.caravan.migrate..",
                    "dev.caravan.cli.migrate..")
            .because(
                    "everybody else knows the ledger's words; only what moves files in from another loader writes beside it");

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
