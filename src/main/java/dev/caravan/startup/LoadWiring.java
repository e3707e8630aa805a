package dev.caravan.startup;

import dev.caravan.base.Troubles;
import dev.caravan.batch.Batch;
import dev.caravan.batch.LoadSettings;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.CopySteps;
import dev.caravan.load.EvolutionSteps;
import dev.caravan.load.ExplainSteps;
import dev.caravan.load.KnownLedgerTables;
import dev.caravan.load.LoadMeters;
import dev.caravan.load.LoadSteps;
import dev.caravan.load.NotifySteps;
import dev.caravan.load.Outcomes;
import dev.caravan.load.OverwriteSteps;
import dev.caravan.load.Retries;
import dev.caravan.load.SearchSteps;
import dev.caravan.load.SkippedSteps;
import dev.caravan.load.TypedFailures;
import dev.caravan.load.manifest.CurrentFiles;
import dev.caravan.load.manifest.MakingGood;
import dev.caravan.load.suspect.MissingFiles;
import dev.caravan.load.suspect.Overwritten;
import dev.caravan.load.turn.AfterWaiting;
import dev.caravan.load.turn.Turns;
import dev.caravan.redshift.admission.Answering;
import dev.caravan.redshift.admission.Clusters;
import dev.caravan.redshift.admission.LongLoads;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.tell.TellSteps;
import dev.caravan.tell.Topics;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.util.concurrent.SizedScheduledExecutorService;

/** The steps of a locked batch's load, whichever pipeline has made the batch. */
final class LoadWiring {
    /** Questions to the ledger which versions of an object it knows, of all batches that begin to be loaded. */
    private static final int VERSIONS_AT_ONCE = 32;

    private final Core core;
    private final Ledger ledger;
    private final ClusterParts parts;
    private final Troubles troubles;
    private final ExecutorServiceManager threads;

    LoadWiring(Core core, LedgerParts ledger, ClusterParts parts, Troubles troubles) {
        this.core = core;
        this.ledger = ledger.ledger();
        this.parts = parts;
        this.troubles = troubles;
        threads = core.context().getExecutorServiceManager();
    }

    void bind(LoadSettings.Lookup lookup, LoadMeters meters) {
        Clock clock = core.clock();
        Clusters clusters = parts.clusters();
        CopyStatement statement = parts.statement();
        LongLoads loads = parts.loads();
        Outcomes outcomes = new Outcomes(ledger, meters);
        Retries retries = new Retries(
                ledger,
                clusters,
                new Answering(core::cluster),
                troubles,
                clock,
                core.settings().retryFor(),
                loads);
        core.bind("retries", retries);
        CurrentFiles current = new CurrentFiles(
                ledger, threads.newFixedThreadPool(LoadWiring.class, "CaravanVersions", VERSIONS_AT_ONCE));
        core.bind("loadSteps", new LoadSteps(ledger, outcomes, lookup, current, clusters, retries, clock));
        KnownLedgerTables tables = new KnownLedgerTables(statement);
        CopySteps copy = new CopySteps(ledger, outcomes, clusters, retries, statement, tables, loads, clock);
        core.bind("copySteps", copy);
        core.context().getCamelContextExtension().addInterceptStrategy(new TypedFailures(retries, tables));
        core.bind("explainSteps", new ExplainSteps(ledger, copy, new MissingFiles(core.clients()::s3)));
        core.bind("overwriteSteps", new OverwriteSteps(ledger, new Overwritten(core.clients()::s3)));
        core.bind("skippedSteps", new SkippedSteps(ledger, copy, clock));
        core.bind("evolutionSteps", new EvolutionSteps(ledger, core.clients()::s3));
        core.bind("searchSteps", new SearchSteps(ledger, statement));
        core.bind(
                "turns",
                new Turns(
                        statement,
                        parts.room(),
                        new AfterWaiting(clusters, ledger),
                        threads.newThreadPool(core.context(), "turns", "copy")));
        FeedDefaults defaults = core.settings().feedDefaults();
        core.bind(
                "notifySteps",
                new NotifySteps(ledger, new Topics(defaults.loadedTopic(), defaults.failedTopic()), clock));
        core.bind(
                "tellSteps",
                new TellSteps(troubles, defaults.failedTopic(), core.settings().webhook()));
    }

    /** Hears of each batch that ends. */
    Consumer<Batch> makingGood() {
        MakingGood good = new MakingGood(ledger, core.clock());
        ScheduledExecutorService thread =
                threads.newSingleThreadScheduledExecutor(LoadWiring.class, "CaravanMakingGood");
        if (thread instanceof SizedScheduledExecutorService sized) {
            sized.getScheduledThreadPoolExecutor().setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }
        good.begin(thread);
        return batch -> good.ended(batch, thread);
    }
}
