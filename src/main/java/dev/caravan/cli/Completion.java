package dev.caravan.cli;

import dev.caravan.cli.shell.Terminal;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code caravan completion}. */
@Command(
        name = "completion",
        description = {
            "Prints a script that has bash or zsh complete the commands and options of caravan.",
            "",
            "source <(java -jar caravan.jar completion) also makes caravan a word that runs that jar, unless there is a program of"
                    + " that name."
        })
final class Completion implements Callable<Integer> {
    private static final String NAME = "caravan";

    private final PrintWriter out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Completion(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        String place = place();
        Terminal.printRaw(
                out,
                AutoComplete.bash(NAME, spec.root().commandLine())
                        + System.lineSeparator()
                        + (place.endsWith(".jar") ? function(place) : ""));
        out.flush();
        return 0;
    }

    /** A shell function, so that the script's name means something where no program has it. */
    private static String function(String jar) {
        return """
                case "$(command -v %1$s)" in
                */*) ;;
                *) %1$s() { java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar '%2$s' "$@"; } ;;
                esac
                """.formatted(NAME, jar.replace("'", "'\\''"));
    }

    private static String place() {
        CodeSource source = Completion.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? ""
                    : Path.of(source.getLocation().toURI()).toAbsolutePath().toString();
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
