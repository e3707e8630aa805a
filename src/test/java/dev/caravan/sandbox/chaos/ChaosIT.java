package dev.caravan.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short run on the packaged jar; {@code ./caravan chaos} makes long ones. */
@Timeout(400)
class ChaosIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void whateverGoesWrong_noFileIsLost_noneIsDoubled_andNothingIsStuck() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

        int exit = new ChaosCommand(stream, stream)
                .run("--seed", "7", "--minutes", "0.4", "--instances", "2", "--files", "300");

        String output = out.toString(StandardCharsets.UTF_8);
        assertThat(output)
                .contains("\nfiles: 300\nlost: 0\ndoubled: 0\nstuck: 0\nheld: 0\nblamed: 0\nuntold: 0\n")
                .containsPattern("\nquarantined: [1-9]\\d*\n")
                .containsPattern("\nkills: [1-9]\\d*\n")
                .containsPattern("\nfaults: [1-9]\\d*\n")
                .containsPattern("\nInstances frozen: [1-9]");
        assertThat(exit).as(output).isZero();
        assertThat(ProcessHandle.current().descendants())
                .noneMatch(process -> process.info().commandLine().orElse("").contains("caravan.jar"));
    }
}
