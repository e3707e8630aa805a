package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What else hangs on the target, or on one of its partitions, and may keep rows from being written, or lose some of its own. */
final class Bystanders {
    /** The table, what it is a partition of, and its partitions; their names don't change while it is written. */
    private static final String FAMILY = """
            WITH family AS (SELECT relid FROM pg_partition_tree(CAST(? AS regclass))
                            UNION SELECT relid FROM pg_partition_ancestors(CAST(? AS regclass))
                            UNION SELECT CAST(CAST(? AS regclass) AS oid))
            """;

    /** Bit 1 of tgtype: before; bit 3: delete ("pg_trigger.h"). */
    private static final String KEEPING = FAMILY + """
            SELECT 'trigger ' || tgname FROM pg_catalog.pg_trigger
             WHERE tgrelid IN (SELECT relid FROM family) AND NOT tgisinternal AND (tgtype & 2) <> 0 AND tgenabled <> 'D'
            UNION SELECT 'rule ' || rulename FROM pg_catalog.pg_rewrite WHERE ev_class IN (SELECT relid FROM family)
            ORDER BY 1""";

    private static final String HEEDING_DELETES = FAMILY + """
            SELECT 'foreign key ' || conname || ' of ' || CAST(CAST(conrelid AS regclass) AS text) FROM pg_catalog.pg_constraint
             WHERE contype = 'f' AND confrelid IN (SELECT relid FROM family)
            UNION SELECT 'trigger ' || tgname FROM pg_catalog.pg_trigger
             WHERE tgrelid IN (SELECT relid FROM family) AND NOT tgisinternal AND (tgtype & 8) <> 0 AND tgenabled <> 'D'
            ORDER BY 1""";

    private final Connection connection;
    private final MirroredTable table;

    Bystanders(Connection connection, MirroredTable table) {
        this.connection = connection;
        this.table = table;
    }

    /**
     * What follows from a statement that wrote other rows than it should.
     *
     * @return a failure that may pass, if nothing is known to do that: somebody else writes the same rows at this moment
     * @throws TargetRefused if there is something that would do it again
     */
    SQLException kept(String statement, long expected, long written) throws SQLException, TargetRefused {
        List<String> keeping = ask(KEEPING);
        String what = statement + " of " + table.inWords() + " wrote " + Quantity.count(written, "row") + " instead of "
                + Quantity.count(expected, "row");
        if (keeping.isEmpty()) {
            return new SQLException(what + ": somebody else writes the same rows", "40001");
        }
        throw new TargetRefused(what + ", which " + String.join(", ", keeping)
                + " may have kept from being written: have it let the mirror's rows through");
    }

    /** Who would notice if rows were deleted and inserted again. */
    List<String> heedingDeletes() throws SQLException {
        return ask(HEEDING_DELETES);
    }

    private List<String> ask(String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement ask = connection.prepareStatement(sql)) {
            for (int i = 1; i <= 3; i++) {
                ask.setString(i, table.sql());
            }
            try (ResultSet row = ask.executeQuery()) {
                while (row.next()) {
                    names.add(String.valueOf(row.getString(1)));
                }
            }
        }
        return names;
    }
}
