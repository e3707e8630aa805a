package dev.caravan.startup;

import dev.caravan.database.Databases;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorMeters;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorRuns;
import dev.caravan.work.Heartbeat;
import dev.caravan.work.run.RunsHere;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/** What pipeline {@code redshift-to-postgres} has of its own: runs of mirrors. */
final class RedshiftToPostgresWiring {
    private final Core core;
    private final LedgerParts ledger;
    private final ClusterParts clusters;
    private final Mirrors mirrors;
    private final Runs runs;

    RedshiftToPostgresWiring(Core core, LedgerParts ledger, ClusterParts clusters) {
        this.core = core;
        this.ledger = ledger;
        this.clusters = clusters;
        mirrors = mirrors(core.context(), core.settings());
        runs = new Runs(ledger.dynamoDb(), ledger.settings(), core.clock());
    }

    /** The mirror beans. */
    static Mirrors mirrors(CamelContext context, Settings settings) {
        return new Mirrors(
                () -> context.getRegistry().findByTypeWithName(TableMirror.class),
                settings.feedDefaults().bySetting());
    }

    /** The mirror beans of this instance. */
    Mirrors mirrors() {
        return mirrors;
    }

    /** What the ledger has of their runs. */
    MirrorBook book() {
        return new MirrorBook(runs, core.clock());
    }

    void bind(MeterRegistry meters) {
        Settings settings = core.settings();
        RunsHere here = new RunsHere("run", runs, new Units(ledger.dynamoDb(), ledger.settings(), core.clock()));
        MirrorRuns parts = new MirrorRuns(
                mirrors,
                core::cluster,
                settings.clusterSchema(),
                new Databases(core.context(), settings.loadAtMost()),
                runs,
                core.clients().s3(),
                clusters.secrets(),
                this::paused,
                settings.retryFor(),
                new MirrorMeters(meters),
                core.clock());
        core.bind("mirrorSteps", parts.steps(here));
        Heartbeat heartbeat = new Heartbeat(
                core.context().getExecutorServiceManager(),
                here.leases(),
                ledger.settings().lease());
        core.service(new ServiceSupport() {
            @Override
            protected void doStop() {
                heartbeat.stop();
                here.handOver(runs, core.clock());
            }
        });
    }

    private Set<String> paused() {
        return ledger.pauses().all().stream().map(FeedPauses.Pause::feed).collect(Collectors.toSet());
    }
}
