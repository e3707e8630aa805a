package dev.caravan.cli;

import dev.caravan.base.Nearest;
import dev.caravan.base.Shown;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Terminal;
import dev.caravan.startup.check.Problem;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person is told when a command fails, and its exit code. */
final class Failures {
    private Failures() {}

    /** Exit code 2, and the name that was probably meant. */
    static int notUnderstood(ParameterException thrown, String... args) {
        CommandLine command = thrown.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String words = thrown instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched.getUnmatched().get(0).replaceFirst("=.*", ""), command)
                : String.valueOf(thrown.getMessage()).replaceFirst("[.]$", "");
        return told(
                command,
                Shown.line(words) + (words.endsWith("?") ? " " : "; ") + name + " --help says more",
                ExitCode.USAGE);
    }

    private static String unknown(String word, CommandLine command) {
        boolean option = word.startsWith("-");
        Set<String> known = option
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getSubcommands().keySet();
        String kind = option ? "option" : known.isEmpty() ? "argument" : "command";
        return "there is no " + kind + " '" + word + "'"
                + Nearest.hint(word, known).map(hint -> ": " + hint).orElse("");
    }

    /** Exit code 1, or the command's own. */
    static int notDone(Exception thrown, CommandLine command, ParseResult parsed) {
        return thrown instanceof CommandFailed failed
                ? told(command, String.valueOf(failed.getMessage()), failed.exitCode())
                : told(command, Problem.reason(thrown), ExitCode.SOFTWARE);
    }

    private static int told(CommandLine command, String words, int exitCode) {
        Terminal.print(command.getErr(), "caravan: " + words);
        return exitCode;
    }
}
