package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.database.Databases;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.mirror.UnknownRows;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.warehouse.DifferenceStatement;
import dev.caravan.redshift.copy.HiddenSecrets;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Says what a run would do, and whether what a target has is what was mirrored. PostgreSQL is only read; what that takes in Redshift and S3 is gone afterwards. */
public final class MirrorPlanner {
    private static final int SAMPLES = 5;

    private final Clusters clusters;
    private final Databases databases;
    private final S3Client s3;
    private final HiddenSecrets secrets;
    private final Clock clock;

    /**
     * @param all by name
     * @param schema of Caravan's own tables in clusters
     */
    public MirrorPlanner(
            Function<String, Optional<DataSource>> all,
            String schema,
            Databases databases,
            S3Client s3,
            HiddenSecrets secrets,
            Clock clock) {
        clusters = new Clusters(all, schema);
        this.databases = databases;
        this.s3 = s3;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * What both databases say of a mirror's columns, and what it is to do about them.
     *
     * @throws MirrorRefused if it couldn't run, in words
     */
    public Preparation.Prepared prepared(TableMirror mirror) throws SQLException, MirrorRefused {
        return new Preparation(clusters, databases).prepare(mirror);
    }

    /**
     * Makes the difference that a run would apply.
     *
     * @param allowDeletes whether any number of rows may be deleted
     * @throws MirrorRefused if a run would come to nothing before there is a difference
     */
    public PlannedDifference plan(TableMirror mirror, boolean allowDeletes)
            throws SQLException, IOException, MirrorRefused {
        Preparation.Prepared prepared = prepared(mirror);
        try (Scratch scratch = new Scratch(mirror, clusters, clock.instant())) {
            Set<String> states = clusters.states(mirror.source(), mirror.name());
            Optional<String> held = Comparing.base(prepared, states);
            Optional<String> known = Rebasing.known(prepared.held(), states);
            try {
                if (held.isEmpty()) {
                    var unused = scratch.bring(databases, s3, secrets, prepared, known);
                }
                String base = held.orElse(scratch.actual());
                boolean keepUnknown = base.endsWith(Rebasing.UNKNOWN)
                        && (held.isPresent() || known.isEmpty())
                        && mirror.unknownRows() == UnknownRows.KEEP;
                DifferenceStatement statement =
                        new DifferenceStatement(clusters.tables(mirror.name()), prepared.columns());
                scratch.execute(statement.compare(mirror.relation(), base, scratch.snapshot(), keepUnknown));
                return planned(mirror, prepared, scratch, statement, base, held.isEmpty(), allowDeletes);
            } finally {
                scratch.sweep(s3);
            }
        }
    }

    private static PlannedDifference planned(
            TableMirror mirror,
            Preparation.Prepared prepared,
            Scratch scratch,
            DifferenceStatement statement,
            String base,
            boolean rebase,
            boolean allowDeletes)
            throws SQLException {
        Counts counts = Counts.of(scratch.ask(statement.counts(base, scratch.snapshot())));
        Map<String, List<String>> samples = new LinkedHashMap<>();
        for (Map.Entry<String, String> op :
                Map.of("insert", "I", "update", "U", "delete", "D").entrySet()) {
            samples.put(op.getKey(), scratch.keys(statement.samples(scratch.snapshot(), op.getValue(), SAMPLES)));
        }
        return new PlannedDifference(
                prepared.held().map(Held::snapshot).orElse(""),
                rebase,
                counts.inserts(),
                counts.updates(),
                counts.deletes(),
                counts.kept(),
                counts.rows(),
                samples,
                prepared.missing(),
                Guards.refusal(mirror, counts, allowDeletes).orElse(""),
                prepared.warnings());
    }

    /**
     * Compares what the target has with what was mirrored last. Rows of the target whose keys weren't mirrored are counted, and are no difference.
     *
     * @throws MirrorRefused if there is nothing to compare it with
     */
    public VerifiedMirror verify(TableMirror mirror) throws SQLException, IOException, MirrorRefused {
        Preparation.Prepared prepared = prepared(mirror);
        Set<String> states = clusters.states(mirror.source(), mirror.name());
        if (Comparing.base(prepared, states).isEmpty()) {
            throw new MirrorRefused("There is no state of what " + mirror.target()
                    + " holds to compare it with: it was never mirrored, its columns are others since, or the state is lost."
                    + " caravan rebase mirror " + mirror.name() + " compares it with " + mirror.from()
                    + ", and brings what differs");
        }
        try (Scratch scratch = new Scratch(mirror, clusters, clock.instant())) {
            try {
                String snapshot = scratch.bring(databases, s3, secrets, prepared, Optional.empty())
                        .map(Held::snapshot)
                        .filter(states::contains)
                        .orElseThrow(() ->
                                new MirrorRefused("A run of " + mirror.name() + " has ended meanwhile: ask again"));
                DifferenceStatement statement =
                        new DifferenceStatement(clusters.tables(mirror.name()), prepared.columns());
                Map<String, Long> kinds = new LinkedHashMap<>();
                for (Map<String, Object> row : scratch.ask(statement.kinds(snapshot, scratch.actual()))) {
                    kinds.put(String.valueOf(row.get("kind")), ((Number) row.getOrDefault("n", 0L)).longValue());
                }
                Map<String, List<String>> samples = new LinkedHashMap<>();
                for (String kind : List.of("missing", "changed")) {
                    samples.put(kind, scratch.keys(statement.samplesOfKind(snapshot, scratch.actual(), kind, SAMPLES)));
                }
                return new VerifiedMirror(
                        snapshot,
                        kinds.getOrDefault("rows", 0L),
                        kinds.getOrDefault("missing", 0L),
                        kinds.getOrDefault("changed", 0L),
                        kinds.getOrDefault("extra", 0L),
                        samples);
            } finally {
                scratch.sweep(s3);
            }
        }
    }
}
