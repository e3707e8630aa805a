package dev.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One command of the packaged jar, run to its end as a process in the checkout. */
public record CaravanCommand(int exitCode, List<String> out, String err) {

    /** @param environment all that configures it; nothing of ours that could is handed on */
    public static CaravanCommand run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                "target/caravan.jar"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("caravan", ".out");
        Path err = Files.createTempFile("caravan", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.matches("(AWS|CARAVAN|CAMEL)_.*"));
            builder.environment().putAll(environment);
            int exitCode = builder.start().waitFor();
            return new CaravanCommand(exitCode, Files.readAllLines(out, UTF_8), Files.readString(err, UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
