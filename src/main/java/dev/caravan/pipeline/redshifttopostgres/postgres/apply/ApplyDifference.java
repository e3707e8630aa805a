package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.pipeline.redshifttopostgres.postgres.Cancelling;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetShape;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetTransaction;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Applies a difference to a table of PostgreSQL, once, whoever tries and however often: rows and ledger change in one transaction, from the snapshot that the
 * difference is from to the one that it leads to, or neither does. Readers see the one or the other, and wait for nothing. In chunks each transaction takes some
 * rows and notes how many; whoever goes on does so behind them.
 *
 * <p>If the answer to COMMIT is lost, applying it again finds it in. Whoever comes late with another difference is refused.
 */
public final class ApplyDifference {
    private final BooleanSupplier stopping;

    /** @param stopping whether this instance stops: what PostgreSQL does for it is cancelled then, as it is if the thread is interrupted */
    public ApplyDifference(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    /**
     * Applies it, in a transaction of its own.
     *
     * @param connection of PostgreSQL's driver, or one that unwraps to it, with no transaction open; it is given back as it was
     * @throws TargetRefused if nothing would change by trying again
     * @throws SQLException what {@code PostgresFailures} knows
     * @throws IOException if a file can't be read
     */
    public Applied apply(
            Connection connection,
            MirroredTable table,
            Difference difference,
            List<DifferenceFile> files,
            ApplySettings settings)
            throws SQLException, IOException, TargetRefused {
        TargetLedger.prepare(connection);
        try (Cancelling cancelling = Cancelling.when(stopping, connection)) {
            Applied applied = new Step(connection, cancelling, table, difference, settings).apply(files);
            if (!applied.already() && applied.rows() > 0) {
                Statistics.renew(connection, table, applied.rows(), settings.lockTimeout());
            }
            return applied;
        }
    }

    private record Step(
            Connection connection,
            Cancelling cancelling,
            MirroredTable table,
            Difference difference,
            ApplySettings settings) {
        Applied apply(List<DifferenceFile> files) throws SQLException, IOException, TargetRefused {
            Held seen = TargetLedger.held(connection, difference.mirror()).orElse(Base.nothing(difference.mirror()));
            if (difference.isIn(seen)) {
                return Applied.already(seen);
            }
            Base.check(difference, seen);
            return settings.chunk() == 0 && seen.halfWay().isEmpty() ? atOnce(files) : inChunks(files);
        }

        /** The files are read before the ledger's row is locked, so that whoever hangs in reading them keeps nobody waiting. */
        private Applied atOnce(List<DifferenceFile> files) throws SQLException, IOException, TargetRefused {
            try (TargetTransaction transaction = TargetTransaction.begin(connection, settings.lockTimeout())) {
                Staged staged = new Staged(connection, cancelling, TargetShape.checked(connection, table));
                staged.fill(difference, files, false);
                Held held = TargetLedger.lock(connection, difference.mirror());
                if (difference.isIn(held)) {
                    return Applied.already(held);
                }
                Base.check(difference, held);
                if (held.halfWay().isPresent()) {
                    throw Base.taken(difference);
                }
                Applied applied = writing(transaction, staged).write(Slice.ALL);
                TargetLedger.change(connection, held, difference.after(applied, held));
                cancelling.check();
                transaction.commit();
                return applied;
            }
        }

        private Applied inChunks(List<DifferenceFile> files) throws SQLException, IOException, TargetRefused {
            Staged staged;
            Held held;
            try (TargetTransaction transaction = TargetTransaction.begin(connection, settings.lockTimeout())) {
                staged = new Staged(connection, cancelling, TargetShape.checked(connection, table));
                staged.fill(difference, files, true);
                held = TargetLedger.lock(connection, difference.mirror());
                if (difference.isIn(held)) {
                    return Applied.already(held);
                }
                Base.check(difference, held);
                if (held.halfWay().isEmpty()) {
                    held = move(held, Base.halfWay(difference, held, Applied.NOTHING, 0));
                }
                transaction.commit();
            }
            try {
                return chunks(staged, held);
            } finally {
                staged.drop();
            }
        }

        private Applied chunks(Staged staged, Held begun) throws SQLException, TargetRefused {
            long size = settings.chunk() == 0 ? difference.rows() : settings.chunk();
            Held held = begun;
            Applied applied = Applied.soFar(held);
            long in = held.halfWay().map(Held.HalfWay::rows).orElse(0L);
            while (held.halfWay().isPresent()) {
                Slice slice = new Slice(in, Math.min(difference.rows(), in + Math.max(1, size)));
                try (TargetTransaction transaction = TargetTransaction.begin(connection, settings.lockTimeout())) {
                    Held now = TargetLedger.lock(connection, difference.mirror());
                    if (!now.halfWay().equals(held.halfWay()) || !now.snapshot().equals(held.snapshot())) {
                        throw Base.taken(difference);
                    }
                    applied = applied.and(writing(transaction, staged).write(slice));
                    in = slice.upTo();
                    held = move(
                            now,
                            in >= difference.rows()
                                    ? difference.after(applied, now)
                                    : Base.halfWay(difference, now, applied, in));
                    cancelling.check();
                    transaction.commit();
                }
            }
            return applied;
        }

        private Held move(Held from, Held to) throws SQLException {
            TargetLedger.change(connection, from, to);
            return to;
        }

        private Writing writing(TargetTransaction transaction, Staged staged) {
            return new Writing(transaction, staged, settings.foreignRows(), new Bystanders(connection, table));
        }
    }
}
