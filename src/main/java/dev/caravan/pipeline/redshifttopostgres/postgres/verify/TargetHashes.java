package dev.caravan.pipeline.redshifttopostgres.postgres.verify;

import dev.caravan.pipeline.redshifttopostgres.postgres.Cancelling;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetShape;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetTransaction;
import dev.caravan.redshift.copy.SqlText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys and the hash of every row that the target has, of one moment, as CSV without a header: the keys in the mirror's order, then the hash. Rows of the
 * application are among them: a base that takes them in has the next difference delete them, so whoever makes a base of it takes only keys that the base before
 * or the source has. Rows with a NULL in a key are nobody's but the application's, and left out.
 *
 * <p>Values are written as with {@code TimeZone} UTC, {@code DateStyle} ISO, {@code extra_float_digits} 0 and {@code bytea_output} hex, here and in expressions.
 */
public final class TargetHashes {
    private static final Logger LOG = LoggerFactory.getLogger(TargetHashes.class);
    private static final int BUFFER = 64 * 1024;

    private final BooleanSupplier stopping;
    private final Duration lockTimeout;

    /** @param stopping whether this instance stops: what PostgreSQL does for it is cancelled then */
    public TargetHashes(BooleanSupplier stopping, Duration lockTimeout) {
        this.stopping = stopping;
        this.lockTimeout = lockTimeout;
    }

    /**
     * Writes them, and changes nothing.
     *
     * @param hash a bigint, in SQL of PostgreSQL, of the target's columns by their quoted names
     * @return how many rows there are
     */
    public long export(Connection connection, MirroredTable table, String hash, OutputStream to)
            throws SQLException, IOException {
        try (Cancelling cancelling = Cancelling.when(stopping, connection);
                TargetTransaction transaction = TargetTransaction.ofOneMoment(connection, lockTimeout)) {
            long rows = copy(connection, select(table, hash), to);
            cancelling.check();
            transaction.commit();
            return rows;
        }
    }

    /**
     * Writes them, and has the target hold them as a new base, in one transaction: no difference comes between. The stream is closed when all is
     * written and before that is committed, so that a base which PostgreSQL names is there;
     * if anything fails, it isn't closed here. A difference that is half in is given up with it: what of it is in is among the hashes.
     *
     * @param base the new base's snapshot
     * @return how many rows there are
     * @throws SQLException with 40001, which may pass, if a difference came between
     */
    public long rebase(
            Connection connection, String mirror, MirroredTable table, String hash, Base base, OutputStream to)
            throws SQLException, IOException, TargetRefused {
        TargetLedger.prepare(connection);
        try (Cancelling cancelling = Cancelling.when(stopping, connection);
                TargetTransaction transaction = TargetTransaction.ofOneMoment(connection, lockTimeout)) {
            Held held = TargetLedger.lock(connection, mirror);
            TargetShape.checked(connection, table);
            long rows = copy(connection, select(table, hash), to);
            to.close();
            cancelling.check();
            TargetLedger.change(
                    connection,
                    held,
                    new Held(
                            mirror,
                            base.snapshot(),
                            base.signature(),
                            held.snapshot(),
                            0,
                            0,
                            0,
                            held.appliedAt(),
                            Optional.empty()));
            transaction.commit();
            return rows;
        }
    }

    /**
     * What the target holds from now on.
     *
     * @param snapshot a new name: nothing was ever called so
     * @param signature of the columns
     */
    public record Base(String snapshot, String signature) {}

    private static String select(MirroredTable table, String hash) {
        return "SELECT " + table.keyList() + ", (" + hash + ") FROM " + table.sql() + " WHERE " + hasKeys(table);
    }

    static String hasKeys(MirroredTable table) {
        return table.eachKey(" AND ", key -> SqlText.identifier(key) + " IS NOT NULL");
    }

    static long copy(Connection connection, String query, OutputStream to) throws SQLException, IOException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        CopyOut copy = postgres.getCopyAPI()
                .copyOut("COPY (" + query + ") TO STDOUT WITH (FORMAT csv, NULL E'\\\\N', ENCODING 'UTF8')");
        OutputStream buffered = new BufferedOutputStream(to, BUFFER);
        try {
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                buffered.write(row);
            }
        } catch (IOException e) {
            drain(postgres, copy);
            throw e;
        }
        buffered.flush();
        return copy.getHandledRowCount();
    }

    /** What PostgreSQL still sends would be taken for the answer to the next statement: the driver's own copyOut(…, OutputStream) leaves it there. */
    private static void drain(PGConnection postgres, CopyOut copy) {
        try {
            postgres.cancelQuery();
            while (copy.readFromCopy() != null) {
                // nobody wants it
            }
        } catch (SQLException cancelled) {
            LOG.debug("What was still read of a COPY has ended: {}", cancelled.getMessage());
        }
    }
}
