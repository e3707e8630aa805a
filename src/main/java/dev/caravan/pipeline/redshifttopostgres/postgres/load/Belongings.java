package dev.caravan.pipeline.redshifttopostgres.postgres.load;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the old table has and a table made like it hasn't, as SQL.
 *
 * @param first what is done while both are there
 * @param afterwards what is done when the new one has the old one's name
 */
record Belongings(List<String> first, List<String> afterwards) {
    /** Sequences of serial columns would go with the column that owns them. */
    private static final String SEQUENCES = """
            SELECT format('ALTER SEQUENCE %s OWNED BY %s.%I', CAST(d.objid AS regclass), ?, a.attname)
              FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
              JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
             WHERE d.classid = CAST('pg_class' AS regclass) AND d.refobjid = CAST(? AS regclass) AND d.deptype = 'a'""";

    private static final String OWNED = """
            SELECT s FROM (
            SELECT 1 AS place, format('ALTER TABLE %s SET (%s)', ?, array_to_string(c.reloptions, ', ')) AS s
              FROM pg_catalog.pg_class c WHERE c.oid = CAST(? AS regclass) AND c.reloptions IS NOT NULL
            UNION ALL
            SELECT 1, format('COMMENT ON TABLE %s IS %L', ?, obj_description(c.oid, 'pg_class'))
              FROM pg_catalog.pg_class c WHERE c.oid = CAST(? AS regclass) AND obj_description(c.oid, 'pg_class') IS NOT NULL
            UNION ALL
            SELECT 1, format('ALTER TABLE %s REPLICA IDENTITY %s', ?, CASE c.relreplident WHEN 'n' THEN 'NOTHING' ELSE 'FULL' END)
              FROM pg_catalog.pg_class c WHERE c.oid = CAST(? AS regclass) AND c.relreplident IN ('n', 'f')
            UNION ALL
            SELECT 3, format('REVOKE ALL ON TABLE %s FROM %s', ?, CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE
                   quote_ident(pg_get_userbyid(x.grantee)) END)
              FROM pg_catalog.pg_class c, aclexplode(c.relacl) x WHERE c.oid = CAST(? AS regclass) AND x.grantee <> c.relowner
             GROUP BY x.grantee
            UNION ALL
            SELECT 4, format('GRANT %s ON TABLE %s TO %s%s', x.privilege_type, ?, CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE
                   quote_ident(pg_get_userbyid(x.grantee)) END, CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
              FROM pg_catalog.pg_class c, aclexplode(c.relacl) x WHERE c.oid = CAST(? AS regclass) AND x.grantee <> c.relowner
            UNION ALL
            SELECT 4, format('GRANT %s (%I) ON TABLE %s TO %s%s', x.privilege_type, a.attname, ?, CASE WHEN x.grantee = 0 THEN
                   'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
                   CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
              FROM pg_catalog.pg_attribute a, aclexplode(a.attacl) x
             WHERE a.attrelid = CAST(? AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
) statements ORDER BY place""";

    /** A sequence can be owned by a table of the same owner alone. */
    private static final String OWNER = """
            SELECT format('ALTER TABLE %s OWNER TO %I', ?, pg_get_userbyid(c.relowner))
              FROM pg_catalog.pg_class c WHERE c.oid = CAST(? AS regclass)""";

    /** Rights that the new table has by ALTER DEFAULT PRIVILEGES, and the old one may not have. */
    private static final String BY_DEFAULT = """
            SELECT format('REVOKE ALL ON TABLE %s FROM %s', ?, CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE
                   quote_ident(pg_get_userbyid(x.grantee)) END)
              FROM pg_catalog.pg_class c, aclexplode(c.relacl) x WHERE c.oid = CAST(? AS regclass) AND x.grantee <> c.relowner
             GROUP BY x.grantee""";

    /** Indexes that are alike but for their names; of two that are the same one, the first is the first. */
    private static final String INDEXES = """
            WITH x AS (
                SELECT i.indrelid, c.oid, c.relname, row_number() OVER (PARTITION BY i.indrelid, k.likeness ORDER BY c.oid) AS nth,
                       k.likeness
                  FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                 CROSS JOIN LATERAL (SELECT concat_ws('|', i.indisunique, i.indisprimary, i.indisexclusion, i.indimmediate, c.relam,
                       i.indnatts, i.indnkeyatts, i.indclass, i.indcollation, i.indoption, pg_get_expr(i.indpred, i.indrelid),
                       (SELECT string_agg(pg_get_indexdef(c.oid, n, true), ',' ORDER BY n) FROM generate_series(1, i.indnatts) n))
                       AS likeness) k
                 WHERE i.indrelid IN (CAST(? AS regclass), CAST(? AS regclass)))
            SELECT format('ALTER INDEX %I.%I RENAME TO %I', ?, fresh.relname, old.relname)
              FROM x old JOIN x fresh ON fresh.likeness = old.likeness AND fresh.nth = old.nth
             WHERE old.indrelid = CAST(? AS regclass) AND fresh.indrelid = CAST(? AS regclass) ORDER BY fresh.oid""";

    static Belongings of(Connection connection, MirroredTable old, MirroredTable fresh) throws SQLException {
        List<String> first = new ArrayList<>(ask(connection, OWNER, fresh.sql(), old.sql()));
        first.addAll(ask(connection, SEQUENCES, fresh.sql(), old.sql()));
        first.addAll(ask(connection, BY_DEFAULT, fresh.sql(), fresh.sql()));
        List<String> afterwards =
                new ArrayList<>(ask(connection, INDEXES, old.sql(), fresh.sql(), old.schema(), old.sql(), fresh.sql()));
        String[] owned = new String[12];
        Arrays.fill(owned, old.sql());
        afterwards.addAll(ask(connection, OWNED, owned));
        return new Belongings(List.copyOf(first), List.copyOf(afterwards));
    }

    private static List<String> ask(Connection connection, String sql, String... parameters) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (PreparedStatement ask = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                ask.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = ask.executeQuery()) {
                while (row.next()) {
                    statements.add(String.valueOf(row.getString(1)));
                }
            }
        }
        return statements;
    }
}
