package dev.caravan.sandbox.demo.mirror;

import static dev.caravan.sandbox.demo.mirror.MirrorInstallation.INSTALLATION;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.run.CaravanProcess;
import dev.caravan.sandbox.run.Cleanup;
import dev.caravan.sandbox.run.Commands;
import dev.caravan.sandbox.run.Installation;
import dev.caravan.sandbox.run.Progress;
import dev.caravan.sandbox.run.RunFailure;
import dev.caravan.sandbox.source.PostgresDatabase;
import dev.caravan.sandbox.source.SourceDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** One run: a table of Redshift comes to an application's PostgreSQL, three nights of changes, and an accident that a guard stops. */
public final class MirrorAct {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Cleanup cleanup;
    private final Progress progress;
    private final Instant began = Instant.now();

    /** @param cleanup stops what this starts */
    public MirrorAct(Cleanup cleanup, Progress progress) {
        this.cleanup = cleanup;
        this.progress = progress;
    }

    /**
     * How it ended.
     *
     * @param databaseUrl the application's database
     * @param verdict what differs, if anything, and a report
     */
    public record Result(Sandbox sandbox, CaravanProcess caravan, String databaseUrl, Verdict verdict) {}

    /** Runs to the end. Throws {@link RunFailure} when it can't come to that. */
    public Result run() {
        progress.doing("Starting the sandbox ...");
        Sandbox sandbox = cleanup.start(() -> Sandbox.start(SandboxOptions.anyPorts()));
        Map<String, String> environment = sandbox.environment();
        SourceDatabase database = PostgresDatabase.beside(sandbox.redshift(), "app");
        MirrorInstallation.write(database);
        CaravanProcess caravan = INSTALLATION.start(cleanup, environment); // which takes a while: meanwhile, the tables
        Airports airports = Airports.open(new ClusterSql(environment));
        App app = App.open(database);
        Verdict verdict = new Verdict(airports, app, progress);
        progress.done(
                "The sandbox is up: %,d airports in Redshift, and an application in PostgreSQL with a table for them%s"
                        .formatted(airports.contents().rows().size(), after()));
        progress.done("  " + database.url() + " (user " + database.user() + ")");
        progress.doing("Starting Caravan ...");
        Installation.awaitReady(caravan, cleanup, began.plus(LONGEST));
        progress.done("Caravan is up: java -jar " + CaravanProcess.JAR + " in " + INSTALLATION.folder()
                + ", its log is " + INSTALLATION.log() + after());

        nights(airports, app, verdict, new Commands(cleanup, progress, environment, INSTALLATION, began.plus(LONGEST)));
        progress.done("Done" + after());
        return new Result(sandbox, caravan, database.url(), verdict);
    }

    private void nights(Airports airports, App app, Verdict verdict, Commands commands) {
        heading("The first night: every airport");
        commands.run("mirror", "airports");
        verdict.compare("first");

        heading("The second night: what has changed");
        app.star();
        verdict.rememberOwn();
        progress.done("Somebody gives stars, the application's own column, to JFK, LGA and SEA");
        airports.change().forEach(progress::done);
        commands.run("mirror", "airports");
        verdict.compare("second");

        heading("The third night: a column more");
        progress.done(airports.addColumn());
        commands.run("mirror", "airports");
        verdict.compare("third");

        heading("An accident");
        progress.done(airports.loseMost());
        verdict.refused(commands.refused("mirror", "airports"));
    }

    private void heading(String text) {
        progress.done("");
        progress.done(text);
    }

    private String after() {
        return " (%.1f s)".formatted(Duration.between(began, Instant.now()).toMillis() / 1e3);
    }
}
