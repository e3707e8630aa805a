package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./caravan} tells of a build, from what Maven says; in a checkout whose Maven and Java only say something. */
class ScriptTest {
    @TempDir
    Path checkout;

    @BeforeEach
    void checkout() throws IOException {
        program("caravan", Files.readString(Path.of("caravan")));
        program("java/bin/java", "#!/bin/sh\n[ \"$1\" = -version ] || echo \"java $*\"\n");
        Files.createDirectories(checkout.resolve("src"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    }

    @Test
    void aBuildSaysWhatItIsAt_andHowManyFilesAreFetched_withoutEachOfThem() throws Exception {
        program("mvnw", """
                #!/bin/sh
                echo "[INFO] --- compiler:3.14.1:compile (default-compile) @ caravan ---"
                for i in $(seq 250); do
                  echo "[INFO] Downloading from central: https://repo.maven.apache.org/$i.jar"
                  echo "[INFO] Downloaded from central: https://repo.maven.apache.org/$i.jar (12 kB at 1.0 MB/s)"
                done
                echo "[INFO] Compiling 506 source files with javac [debug release 17] to target/classes"
                echo "[INFO] --- jar:3.4.2:jar (default-jar) @ caravan ---"
                echo "[INFO] --- dependency:3.9.0:copy-dependencies (lib) @ caravan ---"
                echo "mvnw $*" >>target/build-arguments
                touch target/caravan.jar
                """);
        List<String> first = run(0);
        assertThat(first.get(0)).startsWith("caravan: building (the first time, ");
        assertThat(first.subList(1, first.size()))
                .containsExactly(
                        "caravan:   100 files fetched",
                        "caravan:   200 files fetched",
                        "caravan:   compiling 506 source files",
                        "caravan:   packing target/caravan.jar",
                        "caravan:   gathering its libraries in target/lib");
        assertThat(Files.readString(checkout.resolve("target/build.log"))).contains("/250.jar");
        assertThat(Files.readString(checkout.resolve("target/build-arguments"))).contains("-Dquick package");
        assertThat(run(0)).as("it is built").isEmpty();
    }

    @Test
    void aBuildThatFailsSaysWhy_andIsTriedAgain() throws Exception {
        program("mvnw", "#!/bin/sh\necho '[ERROR] release version 17 not supported'\nexit 1\n");
        assertThat(run(1))
                .contains(
                        "[ERROR] release version 17 not supported",
                        "caravan: the build failed; all of its output is in target/build.log");
        program("mvnw", "#!/bin/sh\ntouch target/caravan.jar\n");
        assertThat(run(0)).hasSize(1);
    }

    /** What it says on standard error. */
    private List<String> run(int exitCode) throws Exception {
        Path err = checkout.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("./caravan", "version")
                .directory(checkout.toFile())
                .redirectOutput(checkout.resolve("out").toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", checkout.resolve("java").toString());
        assertThat(builder.start().waitFor()).isEqualTo(exitCode);
        return Files.readAllLines(err, StandardCharsets.UTF_8);
    }

    private void program(String name, String text) throws IOException {
        Path file = checkout.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
