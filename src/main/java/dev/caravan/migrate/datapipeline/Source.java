package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.SourceDraft.Engine;
import dev.caravan.migrate.datapipeline.definition.Definition;
import dev.caravan.migrate.datapipeline.definition.Expressions;
import dev.caravan.migrate.datapipeline.definition.PipelineObject;
import dev.caravan.migrate.draft.FeedDraft;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which rows a sync takes, from a SqlDataNode. */
final class Source {
    private static final Pattern NAME = Pattern.compile("[^*!,'\"`\\s#{}]+");

    private final Definition definition;
    private final Expressions expressions;
    private final Databases databases;

    Source(Definition definition, Expressions expressions, Databases databases) {
        this.definition = definition;
        this.expressions = expressions;
        this.databases = databases;
    }

    /** The table, as far as it is known: syncs are named after it. */
    String table(PipelineObject node) {
        return SqlScan.unquoted(expressions.text(node, "table"));
    }

    /** The object that says where a node's database is: another, or the node itself. */
    Optional<PipelineObject> database(PipelineObject node) {
        return definition.values(node, "connectionString").isEmpty()
                ? definition.ref(node, "database")
                : Optional.of(node);
    }

    /**
     * Says which rows a sync takes.
     *
     * @return whether only those that changed
     */
    boolean apply(PipelineObject node, FeedDraft draft) {
        Optional<PipelineObject> database = database(node);
        Optional<SourceDraft> source = database.flatMap(of -> databases.source(of, node.is("MySqlDataNode")));
        if (database.isEmpty()) {
            draft.off(node.label()
                    + " names no database that the definition has: write source:, and tables: with its name");
        } else if (source.isEmpty()) {
            databases.refusal(database.get()).ifPresent(draft::off);
        }
        source.ifPresent(of -> draft.set("source", of.name()));
        SelectQuery query = query(node);
        String table = named(table(node), query, draft);
        tables(table, node, source, draft);
        rows(query, source.map(SourceDraft::engine).orElse(Engine.UNKNOWN), draft);
        return query.watermark().isPresent();
    }

    private SelectQuery query(PipelineObject node) {
        String query = expressions.text(node, "selectQuery");
        return SelectQuery.of(query.isEmpty() ? "select * from " + expressions.text(node, "table") : query);
    }

    /** The table of the node, or of its query if that names another. */
    private static String named(String table, SelectQuery query, FeedDraft draft) {
        String from = query.from();
        if (query.refusal().isPresent() || from.equals(table) || from.isEmpty()) {
            return table;
        }
        boolean isLonger = from.endsWith("." + table) || table.endsWith("." + from);
        if (!isLonger) {
            draft.comment("its selectQuery reads from " + from + ", not from its table " + table + ": so does this");
        }
        return isLonger && table.length() > from.length() ? table : from;
    }

    private void tables(String table, PipelineObject node, Optional<SourceDraft> source, FeedDraft draft) {
        String schema = expressions.text(node, "schemaName");
        Engine engine = source.map(SourceDraft::engine).orElse(Engine.UNKNOWN);
        String database = source.map(SourceDraft::database).orElse("");
        String inIt = !schema.isEmpty() ? schema : engine == Engine.POSTGRESQL ? "public" : database;
        String name = table.contains(".") ? table : inIt + "." + table;
        if (Expressions.isOpen(name)) {
            draft.off("its table is '" + table + "', for which the definition has no value: write tables:");
            return;
        }
        if (!NAME.matcher(name).matches() || name.startsWith(".") || name.endsWith(".")) {
            draft.off("tables: write it as database.table, or schema.table of PostgreSQL: the definition says table '"
                    + table + "' of " + (inIt.isEmpty() ? "a database without a name" : "'" + inIt + "'"));
            return;
        }
        draft.set("tables", name);
        if (!table.contains(".") && schema.isEmpty() && engine == Engine.POSTGRESQL) {
            draft.comment("tables: the schema public is assumed, for the definition names none");
        } else if (!table.contains(".") && schema.isEmpty() && engine == Engine.UNKNOWN) {
            draft.comment(
                    "tables: " + name + " is right for MySQL, where a table is in a database; for PostgreSQL write"
                            + " its schema, as public." + table);
        }
    }

    private static void rows(SelectQuery query, Engine engine, FeedDraft draft) {
        draft.set("select", query.select());
        draft.set("mode", query.watermark().isPresent() ? "incremental" : "full");
        query.watermark().ifPresent(column -> draft.set("watermark", column));
        draft.set("watermarkZone", query.zone());
        if (query.watermark().isPresent() && query.zone().isEmpty() && engine != Engine.MYSQL) {
            draft.comment("watermarkZone: write it if the watermark is a timestamp without time zone of PostgreSQL; the"
                    + " pipeline compared with times in UTC");
        }
        draft.set("overlap", query.overlap());
        if (Expressions.isOpen(query.where())) {
            draft.off("where was '" + query.where() + "', for which the definition has no value: write it");
        } else {
            draft.set("where", query.where());
        }
        query.comments().forEach(draft::comment);
        query.refusal().ifPresent(draft::off);
    }
}
