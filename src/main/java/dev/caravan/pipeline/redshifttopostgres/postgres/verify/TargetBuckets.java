package dev.caravan.pipeline.redshifttopostgres.postgres.verify;

import dev.caravan.pipeline.redshifttopostgres.postgres.Cancelling;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetTransaction;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The target's rows, dealt into buckets by their keys: what differs from a state is found without sending a row for each that doesn't. Changes nothing. */
public final class TargetBuckets {
    private final BooleanSupplier stopping;
    private final Duration lockTimeout;

    /** @param stopping whether this instance stops: what PostgreSQL does for it is cancelled then */
    public TargetBuckets(BooleanSupplier stopping, Duration lockTimeout) {
        this.stopping = stopping;
        this.lockTimeout = lockTimeout;
    }

    /**
     * Counts and sums of all rows, or of those in some buckets.
     *
     * @param bucket a bigint, in SQL of PostgreSQL, of the keys by their quoted names
     * @param hash a bigint likewise, of the columns
     * @param only which buckets; none for all
     */
    public Buckets count(
            Connection connection,
            String mirror,
            MirroredTable table,
            String bucket,
            String hash,
            Collection<Long> only)
            throws SQLException {
        try (Cancelling cancelling = Cancelling.when(stopping, connection);
                TargetTransaction transaction = TargetTransaction.ofOneMoment(connection, lockTimeout)) {
            Optional<Held> held = TargetLedger.held(connection, mirror);
            List<Bucket> buckets = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT b.bucket, count(*), coalesce(sum(b.hash), 0) FROM (SELECT CAST((" + bucket
                                    + ") AS bigint) AS bucket, CAST((" + hash + ") AS bigint) AS hash FROM "
                                    + table.sql()
                                    + " WHERE " + TargetHashes.hasKeys(table) + in(bucket, only)
                                    + ") b GROUP BY 1 ORDER BY 1")) {
                while (row.next()) {
                    BigDecimal sum = row.getBigDecimal(3);
                    buckets.add(new Bucket(row.getLong(1), row.getLong(2), sum.toBigInteger()));
                }
            }
            cancelling.check();
            transaction.commit();
            return new Buckets(held, buckets);
        }
    }

    /**
     * Keys and hash of each row of some buckets, as {@link TargetHashes} writes them.
     *
     * @return what the target said to hold at the same moment
     */
    public Optional<Held> rows(
            Connection connection,
            String mirror,
            MirroredTable table,
            String bucket,
            String hash,
            Collection<Long> only,
            OutputStream to)
            throws SQLException, IOException {
        try (Cancelling cancelling = Cancelling.when(stopping, connection);
                TargetTransaction transaction = TargetTransaction.ofOneMoment(connection, lockTimeout)) {
            Optional<Held> held = TargetLedger.held(connection, mirror);
            TargetHashes.copy(
                    connection,
                    "SELECT " + table.keyList() + ", (" + hash + ") FROM " + table.sql() + " WHERE "
                            + TargetHashes.hasKeys(table) + in(bucket, only),
                    to);
            cancelling.check();
            transaction.commit();
            return held;
        }
    }

    private static String in(String bucket, Collection<Long> only) {
        return only.isEmpty()
                ? ""
                : " AND (" + bucket + ") IN ("
                        + only.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
    }
}
