package dev.caravan.cli;

import dev.caravan.cli.batches.DeleteBatches;
import dev.caravan.cli.batches.DescribeBatch;
import dev.caravan.cli.batches.ListBatches;
import dev.caravan.cli.batches.ReprocessBatch;
import dev.caravan.cli.batches.ReprocessBatches;
import dev.caravan.cli.batches.UnlockBatch;
import dev.caravan.cli.feeds.Backfill;
import dev.caravan.cli.feeds.DescribeFeed;
import dev.caravan.cli.feeds.DescribeProperty;
import dev.caravan.cli.feeds.FlushFeed;
import dev.caravan.cli.feeds.ListFeeds;
import dev.caravan.cli.feeds.PauseFeed;
import dev.caravan.cli.feeds.Reconcile;
import dev.caravan.cli.feeds.ResumeFeed;
import dev.caravan.cli.files.DescribeFile;
import dev.caravan.cli.files.ListFiles;
import dev.caravan.cli.files.Reload;
import dev.caravan.cli.install.Check;
import dev.caravan.cli.install.DescribeSetting;
import dev.caravan.cli.install.DoctorCommand;
import dev.caravan.cli.install.Run;
import dev.caravan.cli.install.SetupCommand;
import dev.caravan.cli.migrate.AuditLambdaLoader;
import dev.caravan.cli.migrate.Import;
import dev.caravan.cli.mirrors.DescribeMirror;
import dev.caravan.cli.mirrors.ListMirrors;
import dev.caravan.cli.mirrors.Mirror;
import dev.caravan.cli.mirrors.PauseMirror;
import dev.caravan.cli.mirrors.RebaseMirror;
import dev.caravan.cli.mirrors.ResumeMirror;
import dev.caravan.cli.mirrors.VerifyMirror;
import dev.caravan.cli.queue.Redrive;
import dev.caravan.cli.shell.InstalledCommand;
import dev.caravan.cli.shell.Terminal;
import dev.caravan.cli.status.Status;
import dev.caravan.cli.syncs.DescribeSync;
import dev.caravan.cli.syncs.ListSyncs;
import dev.caravan.cli.syncs.PauseSync;
import dev.caravan.cli.syncs.ResumeSync;
import dev.caravan.cli.syncs.Sync;
import dev.caravan.cli.syncs.VerifySync;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All commands. To add one, write its class (see {@link InstalledCommand}) and name it in {@link #commandLine}. */
@Command(
        name = "caravan",
        description = {
            "Loads files that land in S3, and tables of MySQL, MariaDB and PostgreSQL, into Amazon Redshift, and mirrors tables of Redshift in"
                    + " PostgreSQL.",
            "",
            "Without a command, the routes run. A command works with the settings and feeds of the folder in which it is given,"
                    + " whether the routes run or not."
        },
        synopsisSubcommandLabel = "[COMMAND]")
public final class Commands {
    private static final Map<String, String> EXIT_CODES = new LinkedHashMap<>();

    static {
        EXIT_CODES.put(" 0", "done");
        EXIT_CODES.put(" 1", "could not be done; why is on standard error");
        EXIT_CODES.put(" 2", "the command line can't be understood");
        EXIT_CODES.put(
                " 3", "reconcile, doctor, verify: something differs; audit: files are lost; run: something is left");
    }

    private Commands() {}

    /** Whether these arguments are a command's, and not Camel Main's options, which have a single dash. */
    public static boolean areMeantBy(String... args) {
        return args.length > 0 && (!args[0].startsWith("-") || args[0].startsWith("--") || args[0].matches("-[hV]"));
    }

    /**
     * Runs one command.
     *
     * @param out its results; help too, in colours where there are any
     * @param err what went wrong
     * @return 0 if it is done, 1 if it could not be done, 2 if the command line can't be understood, 3 if reconcile, doctor, audit or run found something
     */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        return commandLine(new Terminal(out), new Terminal(err)).setOut(out).execute(args);
    }

    /** All commands as they are typed after {@code caravan}, for example {@code list batches}. */
    public static Set<String> names() {
        PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
        return names("", commandLine(nowhere, nowhere)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The commands that have an option. */
    static Set<String> namesWith(String option) {
        PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
        CommandLine all = commandLine(nowhere, nowhere);
        return names().stream()
                .filter(name -> command(all, name).getCommandSpec().optionsMap().containsKey(option))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static CommandLine command(CommandLine all, String name) {
        CommandLine command = all;
        for (String word : name.split(" ", -1)) {
            command = Objects.requireNonNull(command.getSubcommands().get(word), name);
        }
        return command;
    }

    private static Stream<String> names(String before, CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .flatMap(sub -> sub.getValue().getSubcommands().isEmpty()
                        ? Stream.of(before + sub.getKey())
                        : names(before + sub.getKey() + " ", sub.getValue()));
    }

    private static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine all = new CommandLine(new Commands());
        all.addSubcommand(group(
                "list",
                "Lists feeds, batches, files, syncs or mirrors.",
                new ListFeeds(out),
                new ListBatches(out),
                new ListFiles(out),
                new ListSyncs(out),
                new ListMirrors(out)));
        all.addSubcommand(group(
                "describe",
                "Tells all about one feed, batch, file, sync or mirror, or what a property or a setting means.",
                new DescribeFeed(out),
                new DescribeProperty(out),
                new DescribeSetting(out),
                new DescribeBatch(out),
                new DescribeFile(out),
                new DescribeSync(out),
                new DescribeMirror(out)));
        all.addSubcommand(
                group("reprocess", "Loads failed batches again.", new ReprocessBatch(out), new ReprocessBatches(out)));
        all.addSubcommand(group("unlock", "Frees a locked batch.", new UnlockBatch(out)));
        all.addSubcommand(group("flush", "Has a feed's open batch loaded now.", new FlushFeed(out)));
        all.addSubcommand(group(
                "pause",
                "Pauses feeds, syncs and mirrors.",
                new PauseFeed(out),
                new PauseSync(out),
                new PauseMirror(out)));
        all.addSubcommand(group(
                "resume",
                "Ends a feed's, a sync's or a mirror's pause.",
                new ResumeFeed(out),
                new ResumeSync(out),
                new ResumeMirror(out)));
        all.addSubcommand(group(
                "verify",
                "Compares sources with clusters, and mirrors with what was mirrored.",
                new VerifySync(out),
                new VerifyMirror(out)));
        all.addSubcommand(group(
                "rebase", "Compares both sides of a mirror anew, and brings what differs.", new RebaseMirror(out)));
        all.addSubcommand(group("delete", "Forgets batches that have ended.", new DeleteBatches(out)));
        all.addSubcommand(group("audit", "Says what another loader has lost.", new AuditLambdaLoader(out)));
        for (Object command : List.of(
                new Run(out),
                new Status(out),
                new Sync(out),
                new Mirror(out),
                new Redrive(out),
                new Reload(out),
                new Backfill(out),
                new Check(out),
                new DoctorCommand(out),
                new SetupCommand(out),
                new Reconcile(out),
                new Import(out),
                new Completion(out),
                new HelpCommand())) {
            all.addSubcommand(command);
        }
        all.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
        withExitCodes(all);
        all.getSubcommands().values().forEach(Commands::withHelp);
        return all.setOut(out)
                .setErr(err)
                .setExecutionStrategy(new CommandLine.RunLast())
                .setParameterExceptionHandler(Failures::notUnderstood)
                .setExecutionExceptionHandler(Failures::notDone);
    }

    /** A command whose first argument says what it is about. */
    private static CommandLine group(String name, String description, Object... commands) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
        CommandLine group = new CommandLine(spec);
        for (Object command : commands) {
            group.addSubcommand(command);
        }
        return group;
    }

    /** A command's own {@code --version} may mean something else. */
    private static void withHelp(CommandLine command) {
        command.getSubcommands().values().forEach(Commands::withHelp);
        var spec = command.getCommandSpec();
        if (!spec.helpCommand()) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help message and exit.")
                    .build());
            withExitCodes(command);
        }
    }

    private static void withExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(EXIT_CODES);
    }
}
