package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some tests are skipped where a program is missing. {@code .ci/run} doesn't pass without them. */
class ContinuousIntegrationTest {
    private static final String BASH = "/bin/bash";

    @TempDir
    Path folder;

    @Test
    void whatCantBeInstalledIsSaid_andNothingIsTested() throws Exception {
        program("apt-get", "exit 100");
        Run run = run();
        assertThat(run.output())
                .contains("Installing what tests need: chromium chromium-driver prometheus postgresql-client")
                .contains("NOT INSTALLED: chromium chromium-driver prometheus postgresql-client\n")
                .contains("would be skipped, so nothing was tested")
                .doesNotContain("Maven");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void whereNothingCanBeInstalledThatIsSaidAsWell() throws Exception {
        for (String there : new String[] {"google-chrome", "promtool", "psql"}) {
            program(there, "exit 0");
        }
        Run run = run();
        assertThat(run.output()).contains("NOT INSTALLED: chromium-driver\n").doesNotContain("Maven");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void whatIsInstalledIsEnough_andMavensVerdictCounts() throws Exception {
        for (String there : new String[] {"chromium", "promtool", "psql"}) {
            program(there, "exit 0");
        }
        program(
                "apt-get",
                "[ \"$1\" = update ] || printf '#!" + BASH + "\\n' >" + folder + "/bin/chromedriver; /bin/chmod -R +x "
                        + folder);
        Run run = run();
        assertThat(run.output())
                .contains("Installing what tests need: chromium-driver\n")
                .contains("Maven: -B verify")
                .doesNotContain("NOT INSTALLED");
        assertThat(run.code()).isEqualTo(7);
    }

    /** In a checkout without anything but the script, and a machine without anything but those programs. */
    private Run run() throws Exception {
        Files.copy(
                Path.of(".ci/run"),
                Files.createDirectories(folder.resolve(".ci")).resolve("run"));
        script(folder.resolve("mvnw"), "echo Maven: $*; exit 7");
        program("dirname", "echo " + folder.resolve(".ci"));
        ProcessBuilder builder =
                new ProcessBuilder(BASH, folder.resolve(".ci/run").toString());
        builder.environment().put("PATH", folder.resolve("bin").toString());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(output, process.exitValue());
    }

    private void program(String name, String does) throws IOException {
        script(Files.createDirectories(folder.resolve("bin")).resolve(name), does);
    }

    private static void script(Path file, String does) throws IOException {
        Files.writeString(file, "#!" + BASH + "\n" + does + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Run(String output, int code) {}
}
