package dev.caravan;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may know whom, and how large packages and classes may be. */
@AnalyzeClasses(packages = "dev.caravan", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final int MOST_FILES = 25;
    private static final int MOST_LINES = 300;

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
    static final ArchRule WHAT_MOVES_IN_KNOWS_ONLY_WHAT_PEOPLE_WRITE = noClasses()
            .that()
            .resideInAPackage("dev.caravan.migrate..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.caravan.pipeline..").and(resideOutsideOfPackage("..tabletoredshift.sync..")))
            .because("drafts are the beans of a pipeline, tried as it would take them; how it runs them is its own");

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

    @ArchTest
    static void noPackageHasManyFiles(JavaClasses unused) throws IOException {
        assertThat(sources("main", "sandbox", "test").collect(Collectors.groupingBy(Path::getParent)))
                .as(
                        "because a package is one idea, which a person sees at a glance: no package has over %s files",
                        MOST_FILES)
                .isNotEmpty()
                .allSatisfy((folder, files) -> assertThat(files).hasSizeLessThanOrEqualTo(MOST_FILES));
    }

    @ArchTest
    static void noClassIsLong(JavaClasses unused) throws IOException {
        assertThat(sources("main", "sandbox"))
                .as("because a class is one idea as well, and is read in one go: none has over %s lines", MOST_LINES)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(MOST_LINES));
    }

    private static Stream<Path> sources(String... roots) throws IOException {
        Stream<Path> all = Stream.empty();
        for (String root : roots) {
            try (Stream<Path> files = Files.walk(Path.of("src", root, "java"))) {
                all = Stream.concat(all, files.filter(file -> file.toString().endsWith(".java")).toList().stream());
            }
        }
        return all;
    }
}
