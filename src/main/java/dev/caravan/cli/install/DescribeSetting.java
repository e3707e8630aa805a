package dev.caravan.cli.install;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Described;
import dev.caravan.cli.shell.Terminal;
import dev.caravan.startup.setting.AllSettings;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan describe setting}. It looks at no installation. */
@Command(
        name = "setting",
        description =
                "Says what a setting of application.properties means, how it is written, and its default; without a name, of all of them.")
public final class DescribeSetting implements Callable<Integer> {
    private final PrintWriter out;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "The setting's name, for example caravan.queue.")
    private String name = "";

    public DescribeSetting(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed {
        Terminal.print(out, new Described("setting", AllSettings.ALL).named(name));
        out.flush();
        return 0;
    }

    /** What a shell completes. */
    private static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return AllSettings.ALL.names().iterator();
        }
    }
}
