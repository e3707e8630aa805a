package dev.caravan.pipeline.redshifttopostgres.postgres.check;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What else notices, or decides, when a mirror writes its rows: foreign keys, triggers, rules, publications, partitions. */
record Neighbours(Catalog catalog, MirroredTable table) {
    private static final String FOREIGN_KEYS = """
            SELECT conname, CAST(CAST(conrelid AS regclass) AS text), CAST(CAST(confrelid AS regclass) AS text),
                   confrelid = CAST(? AS regclass), confdeltype, condeferrable
              FROM pg_catalog.pg_constraint
             WHERE contype = 'f' AND (confrelid = CAST(? AS regclass) OR conrelid = CAST(? AS regclass)) AND conparentid = 0
             ORDER BY 1""";

    /** Bit 0 of tgtype: for each row; bit 1: before ("pg_trigger.h"). */
    private static final String TRIGGERS = """
            SELECT tgname, (tgtype & 3) = 3 FROM pg_catalog.pg_trigger
             WHERE tgrelid = CAST(? AS regclass) AND NOT tgisinternal AND tgenabled <> 'D' ORDER BY 1""";

    private static final String RULES =
            "SELECT rulename FROM pg_catalog.pg_rewrite WHERE ev_class = CAST(? AS regclass) ORDER BY 1";

    private static final String PUBLISHED = """
            SELECT p.pubname FROM pg_catalog.pg_publication_tables t
              JOIN pg_catalog.pg_publication p ON p.pubname = t.pubname AND (p.pubupdate OR p.pubdelete)
              JOIN pg_catalog.pg_class c ON c.oid = CAST(? AS regclass)
             WHERE t.schemaname = ? AND t.tablename = ? AND (c.relreplident = 'n' OR c.relreplident = 'd'
                   AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisprimary))""";

    /** Columns of the partition key; none of an expression. */
    private static final String PARTITIONED_BY = """
            SELECT a.attname FROM pg_catalog.pg_partitioned_table p
              CROSS JOIN LATERAL unnest(p.partattrs) k (attnum)
              JOIN pg_catalog.pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = k.attnum
             WHERE p.partrelid = CAST(? AS regclass)""";

    List<Finding> findings() throws SQLException {
        List<Finding> findings = new ArrayList<>(foreignKeys());
        for (List<String> trigger : catalog.ask(TRIGGERS, table.sql())) {
            findings.add(
                    Finding.warning("Trigger " + trigger.get(0) + " of " + table.inWords() + " runs for what the mirror"
                            + " writes"
                            + (trigger.get(1).equals("t")
                                    ? ", and before it: if it withholds rows, the mirror stops; if it alters values, verify shows"
                                            + " them as different"
                                    : "")));
        }
        for (List<String> rule : catalog.ask(RULES, table.sql())) {
            findings.add(Finding.warning("Rule " + rule.get(0) + " of " + table.inWords()
                    + " rewrites statements: if it withholds the mirror's rows, the mirror stops"));
        }
        for (List<String> publication : catalog.ask(PUBLISHED, table.sql(), table.schema(), table.table())) {
            findings.add(Finding.fault("Publication " + publication.get(0) + " publishes updates and deletions of "
                    + table.inWords() + ", which has no replica identity, so that PostgreSQL refuses them: ALTER TABLE "
                    + table.sql() + " REPLICA IDENTITY USING INDEX …, or FULL"));
        }
        for (List<String> column : catalog.ask(PARTITIONED_BY, table.sql())) {
            if (!table.keys().contains(column.get(0))) {
                findings.add(Finding.warning(table.inWords() + " is partitioned by " + column.get(0)
                        + ", which is no key of the mirror: each run looks into all partitions"));
            }
        }
        return findings;
    }

    private List<Finding> foreignKeys() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (List<String> key : catalog.ask(FOREIGN_KEYS, table.sql(), table.sql(), table.sql())) {
            String name = "Foreign key " + key.get(0) + " of " + key.get(1);
            if (key.get(3).equals("t")) {
                findings.add(Finding.warning(name
                        + switch (key.get(4)) {
                            case "c" ->
                                " deletes rows of " + key.get(1)
                                        + " with those that the mirror deletes (ON DELETE CASCADE)";
                            case "n", "d" ->
                                " changes rows of " + key.get(1) + " when the mirror deletes those that they lead to";
                            default ->
                                " keeps the mirror from deleting rows that rows of " + key.get(1)
                                        + " lead to: the run stops then";
                        }));
            } else {
                findings.add(Finding.warning(name + " leads to " + key.get(2)
                        + ": a row whose row isn't there stops the"
                        + " mirror, so mirror that table first"
                        + (key.get(5).equals("t") ? "" : ", or make the foreign key DEFERRABLE if it leads here")));
            }
        }
        return findings;
    }
}
