package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.ledger.runs.Run;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.mirror.UnknownRows;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.warehouse.DifferenceStatement;
import dev.caravan.redshift.target.ClusterNames;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** What comes before a difference is made: which base it is against, and that there is one. */
final class Comparing {
    private static final int RANDOM_BYTES = 8;

    private final Clusters clusters;
    private final Preparation preparation;
    private final Rebasing rebasing;
    private final SecureRandom random = new SecureRandom();

    Comparing(Clusters clusters, Preparation preparation, Rebasing rebasing) {
        this.clusters = clusters;
        this.preparation = preparation;
        this.rebasing = rebasing;
    }

    /**
     * A difference that is to be made.
     *
     * @param sql makes it: one body for camel-jdbc
     */
    record Compared(MirrorPlan plan, DifferenceStatement statement, String sql, List<String> warnings) {}

    /**
     * Decides it, and makes a base if there is none.
     *
     * @param note notes in the ledger what is about to be done
     */
    Compared compare(TableMirror mirror, Run run, UnaryOperator<MirrorPlan> note, BooleanSupplier stopping)
            throws SQLException, IOException, MirrorRefused, TargetRefused {
        Preparation.Prepared prepared = preparation.prepare(mirror);
        preparation.addMissing(mirror, prepared);
        clusters.execute(mirror.source(), List.of(clusters.createSchema()));
        Set<String> states = clusters.states(mirror.source(), mirror.name());
        MirrorPlan asked = MirrorPlan.of(run.plan());
        String snapshot = snapshot(run, 2 * run.attempt());
        Optional<String> held = asked.rebase() ? Optional.empty() : base(prepared, states);
        Optional<String> known = Rebasing.known(prepared.held(), states);
        String base = held.orElseGet(
                () -> snapshot(run, 2 * run.attempt() - 1) + (known.isPresent() ? Rebasing.KNOWN : Rebasing.UNKNOWN));
        MirrorPlan plan = note.apply(asked.against(base, snapshot, prepared.signature(), marker()));
        if (held.isEmpty()) {
            rebasing.rebase(mirror, prepared, base, known, stopping);
        }
        DifferenceStatement statement = new DifferenceStatement(clusters.tables(mirror.name()), prepared.columns());
        boolean keepUnknown = base.endsWith(Rebasing.UNKNOWN) && mirror.unknownRows() == UnknownRows.KEEP;
        return new Compared(
                plan,
                statement,
                statement.compare(mirror.relation(), base, snapshot, keepUnknown),
                prepared.warnings());
    }

    /** The snapshot that the target holds, if a difference can be made against it: a target that somebody has emptied holds none. */
    static Optional<String> base(Preparation.Prepared prepared, Set<String> states) {
        return prepared.held()
                .filter(h -> h.halfWay().isEmpty()
                        && !prepared.isEmpty()
                        && states.contains(h.snapshot())
                        && !prepared.isOfOtherColumns())
                .map(Held::snapshot);
    }

    /** Later ones have later names. */
    private static String snapshot(Run run, int number) {
        return ClusterNames.folded(run.id().substring(run.name().length() + 1))
                + String.format(Locale.ROOT, ".%06d", number);
    }

    /** The statements about a mirror's difference. */
    DifferenceStatement statement(TableMirror mirror, Preparation.Prepared prepared) {
        return new DifferenceStatement(clusters.tables(mirror.name()), prepared.columns());
    }

    /** No producer can know it. */
    private String marker() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return "null-" + HexFormat.of().formatHex(bytes);
    }
}
