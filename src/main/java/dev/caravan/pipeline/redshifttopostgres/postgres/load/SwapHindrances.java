package dev.caravan.pipeline.redshifttopostgres.postgres.load;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetColumn;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What would be lost, without a word from PostgreSQL, if a table were dropped and a new one took its name. Of views and the like DROP TABLE itself speaks. */
final class SwapHindrances {
    private static final String HANGING = """
            WITH t AS (SELECT c.* FROM pg_catalog.pg_class c WHERE c.oid = CAST(? AS regclass))
            SELECT 'trigger ' || g.tgname || ' is on it' FROM pg_catalog.pg_trigger g, t WHERE g.tgrelid = t.oid AND NOT g.tgisinternal
            UNION ALL
            SELECT 'foreign key ' || k.conname || ' leads ' || CASE WHEN k.conrelid = t.oid THEN 'from' ELSE 'to' END || ' it'
              FROM pg_catalog.pg_constraint k, t WHERE k.contype = 'f' AND t.oid IN (k.conrelid, k.confrelid)
            UNION ALL
            SELECT 'rule ' || r.rulename || ' is on it' FROM pg_catalog.pg_rewrite r, t WHERE r.ev_class = t.oid
            UNION ALL
            SELECT 'view ' || CAST(CAST(r.ev_class AS regclass) AS text) || ' reads it'
              FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid, t
             WHERE d.classid = CAST('pg_rewrite' AS regclass) AND d.refobjid = t.oid AND r.ev_class <> t.oid
             GROUP BY r.ev_class
            UNION ALL
            SELECT 'publication ' || p.pubname || ' names it'
              FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid, t WHERE r.prrelid = t.oid
            UNION ALL
            SELECT 'policy ' || p.polname || ' is on it' FROM pg_catalog.pg_policy p, t WHERE p.polrelid = t.oid
            UNION ALL
            SELECT 'row security is switched on' FROM t WHERE t.relrowsecurity
            UNION ALL
            SELECT 'it is partitioned, a partition, or has children' FROM t WHERE t.relkind = 'p' OR t.relispartition
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i WHERE t.oid IN (i.inhrelid, i.inhparent))
            UNION ALL
            SELECT 'it is in another tablespace' FROM t WHERE t.reltablespace <> 0
            UNION ALL
            SELECT 'column ' || a.attname || ' is an identity, whose numbers would begin anew'
              FROM pg_catalog.pg_attribute a, t WHERE a.attrelid = t.oid AND a.attidentity <> '' AND NOT a.attisdropped
            """;

    private SwapHindrances() {}

    /** Empty if nothing is lost. */
    static List<String> of(Connection connection, TargetShape shape) throws SQLException {
        MirroredTable table = shape.table();
        List<String> hindrances = new ArrayList<>();
        for (TargetColumn column : shape.columns().besides(table)) {
            if (column.made() == TargetColumn.Made.NO) {
                hindrances.add("column " + column.name() + " is the application's, and its values would be lost");
            }
        }
        try (PreparedStatement ask = connection.prepareStatement(HANGING)) {
            ask.setString(1, table.sql());
            try (ResultSet row = ask.executeQuery()) {
                while (row.next()) {
                    hindrances.add(String.valueOf(row.getString(1)));
                }
            }
        }
        return hindrances;
    }
}
