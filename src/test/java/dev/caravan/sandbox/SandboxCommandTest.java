package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SandboxCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void envEvaluatesInAShell() throws Exception {
        assertThat(run("--env", "--s3-port", "19600", "--redshift-port", "15439"))
                .isZero();

        Process shell = new ProcessBuilder("sh", "-c", "eval \"$1\"; env", "sh", out.toString(StandardCharsets.UTF_8))
                .redirectErrorStream(true)
                .start();
        List<String> environment = shell.inputReader().lines().toList();
        assertThat(shell.waitFor()).isZero();
        assertThat(environment)
                .contains(
                        "AWS_ENDPOINT_URL_S3=http://localhost:19600",
                        "AWS_ENDPOINT_URL_SQS=http://localhost:9601",
                        "AWS_ENDPOINT_URL_SNS=http://localhost:9602",
                        "AWS_ENDPOINT_URL_DYNAMODB=http://localhost:9603",
                        "AWS_ENDPOINT_URL_REDSHIFT_DATA=http://localhost:9604",
                        "AWS_ENDPOINT_URL_SECRETS_MANAGER=http://localhost:9606",
                        "AWS_REGION=eu-west-1",
                        "AWS_DEFAULT_REGION=eu-west-1",
                        "AWS_ACCESS_KEY_ID=sandbox",
                        "AWS_SECRET_ACCESS_KEY=sandbox",
                        "PGHOST=127.0.0.1",
                        "PGPORT=15439",
                        "PGUSER=awsuser",
                        "PGPASSWORD=Sandbox1",
                        "PGDATABASE=dev",
                        "PGSSLMODE=disable",
                        "CARAVAN_S3_PATH_STYLE=true",
                        "CARAVAN_REDSHIFT_URL=jdbc:redshift://localhost:15439/dev?ssl=false",
                        "CARAVAN_REDSHIFT_USER=awsuser",
                        "CARAVAN_REDSHIFT_PASSWORD=Sandbox1");
    }

    @Test
    void envNotesThatNothingRuns() {
        int nobody = Ports.resolve(SandboxOptions.anyPorts()).port(Service.S3);

        assertThat(run("--env", "--s3-port", Integer.toString(nobody))).isZero();

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("isn't running")
                .contains("port " + nobody);
    }

    @Test
    void anUnknownOptionIsNamedWithTheKnownOnes() {
        assertThat(run("--prot", "1")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).contains("--prot", "--env", "--data", "--s3-port", "--faults-port", "--help"));
    }

    @Test
    void aPortMustBeANumber() {
        assertThat(run("--s3-port", "x")).isEqualTo(2);
        assertThat(run("--s3-port", "70000")).isEqualTo(2);
        assertThat(run("--s3-port")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(3).allMatch(l -> l.contains("--s3-port"));
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("--env", "--data")
                .contains(Arrays.stream(Service.values()).map(Service::option).toList());
    }

    @Test
    @Timeout(180)
    void itRunsUntilItIsToldToStop(@TempDir Path folder) throws Exception {
        SandboxOptions options = Ports.resolve(SandboxOptions.anyPorts());
        Path errors = folder.resolve("errors");
        Process process = command(options).redirectError(errors.toFile()).start();
        try {
            assertThat(untilItTellsHowToStop(process)).contains("s3", "caravan-events", "eval", "--s3-port");
            assertThat(Ports.listens(options.port(Service.SQS))).isTrue();

            process.destroy(); // SIGTERM

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Ports.listens(options.port(Service.SQS))).isFalse();
            assertThat(errors).isEmptyFile();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @Timeout(180)
    void aTakenPortIsOneSentenceAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SandboxOptions options =
                    Ports.resolve(SandboxOptions.anyPorts()).withPort(Service.DYNAMODB, taken.getLocalPort());

            Process process = command(options).start();

            assertThat(process.errorReader().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains(Integer.toString(taken.getLocalPort()), "DynamoDB", "--dynamodb-port"));
            assertThat(process.waitFor()).isEqualTo(1);
        }
    }

    private int run(String... arguments) {
        return new SandboxCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private static ProcessBuilder command(SandboxOptions options) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxCommand.class.getName()));
        for (Service service : Service.values()) {
            command.add(service.option());
            command.add(Integer.toString(options.port(service)));
        }
        return new ProcessBuilder(command);
    }

    private static String untilItTellsHowToStop(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder read = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.append(line.toLowerCase(Locale.ROOT)).append('\n');
            if (line.startsWith("To stop")) {
                break;
            }
        }
        return read.toString();
    }
}
