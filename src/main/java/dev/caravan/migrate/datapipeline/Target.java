package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.definition.Definition;
import dev.caravan.migrate.datapipeline.definition.Expressions;
import dev.caravan.migrate.datapipeline.definition.PipelineObject;
import dev.caravan.migrate.draft.FeedDraft;
import java.util.Locale;

/** What a sync loads: a RedshiftDataNode, its table and its cluster. */
final class Target {
    private final Definition definition;
    private final Expressions expressions;
    private final TargetClusters clusters;

    Target(Definition definition, Expressions expressions, TargetClusters clusters) {
        this.definition = definition;
        this.expressions = expressions;
        this.clusters = clusters;
    }

    /** @param isIncremental whether a run takes only the rows that changed */
    void apply(Chain chain, boolean isIncremental, FeedDraft draft) {
        if (chain.target().isEmpty()) {
            draft.off(chain.load().label() + " has no RedshiftDataNode as output: write table:");
            return;
        }
        PipelineObject node = chain.target().get();
        CreateTable create = CreateTable.of(expressions.text(node, "createTableSql"));
        String schema = expressions.text(node, "schemaName");
        String name = SqlScan.unquoted(expressions.text(node, "tableName"));
        String in = schema.isEmpty() || schema.equalsIgnoreCase("public") ? "public" : schema;
        String table = name.contains(".") ? name : in + "." + name;
        if (name.isEmpty() || Expressions.isOpen(table) || table.contains("${")) {
            draft.off("its table is '" + table + "', which the definition doesn't say in full: write table:");
        } else {
            draft.set("table", table);
        }
        String mode = writeMode(chain.load(), draft);
        if (mode.equals("replace") && isIncremental) {
            draft.comment("TRUNCATE with only the rows that changed: the pipeline left the table with these alone");
        } else if (mode.equals("append")) {
            append(isIncremental, draft);
        } else if (mode.endsWith("Existing")) {
            keys(node, create, draft);
        }
        layout(node, create, chain, draft);
        clusters.apply(node, draft);
    }

    private String writeMode(PipelineObject load, FeedDraft draft) {
        String insertMode = expressions.text(load, "insertMode");
        String mode = switch (insertMode.toUpperCase(Locale.ROOT)) {
            case "KEEP_EXISTING" -> "keepExisting";
            case "OVERWRITE_EXISTING" -> "overwriteExisting";
            case "TRUNCATE" -> "replace";
            case "APPEND" -> "append";
            default -> "";
        };
        if (mode.isEmpty()) {
            draft.off("insertMode is '" + insertMode
                    + "', none of KEEP_EXISTING, OVERWRITE_EXISTING, TRUNCATE and APPEND: write writeMode:");
        }
        draft.set("writeMode", mode);
        return mode;
    }

    /** Rows that the pipeline has added would come a second time. */
    private static void append(boolean isIncremental, FeedDraft draft) {
        if (!isIncremental) {
            draft.comment("APPEND with all rows: the pipeline added them all again in each run");
            return;
        }
        draft.off("its first run would add all rows, also those that the pipeline has added: empty the table before, or"
                + " have where: leave them out (the watermark >= the end of the last interval that the pipeline has"
                + " loaded), or write keys: and writeMode: overwriteExisting");
        draft.comment(
                "with writeMode: append, overlap is how long a row waits until it is read, 10m if nothing is said");
    }

    private void keys(PipelineObject node, CreateTable create, FeedDraft draft) {
        String named = expressions.text(node, "primaryKeys");
        String keys = named.isEmpty() || Expressions.isOpen(named)
                ? String.join(", ", create.primaryKey())
                : SqlScan.unquoted(named).replaceAll("\\s*,\\s*", ", ");
        draft.set("keys", keys);
        if (keys.isEmpty()) {
            draft.comment(
                    "keys: the definition names none, and the pipeline went by the primary key of the table in Redshift;"
                            + " this goes by the source's: write keys if that has others");
        }
    }

    private void layout(PipelineObject node, CreateTable create, Chain chain, FeedDraft draft) {
        String sql = expressions.text(node, "createTableSql");
        String dist = create.distKey().isEmpty() ? argument(chain, "--red_dist=") : create.distKey();
        String sort = create.sortKey().isEmpty()
                ? argument(chain, "--red_sort=").replaceAll("\\s*,\\s*", ", ")
                : String.join(", ", create.sortKey());
        draft.set("distKey", dist).set("sortKey", sort);
        if (!sql.isEmpty()) {
            draft.comment(
                    create.name().isEmpty()
                            ? "createTableSql isn't understood, and isn't run: if the table isn't there, make it by hand, or write"
                                    + " distKey: and sortKey: and have it made of the source's columns"
                            : "createTableSql isn't run: a table that isn't there is made of the source's columns and types; to have"
                                    + " yours, make it by hand before the first run");
        }
        if (create.isInterleaved()) {
            draft.comment("its sort key is INTERLEAVED there: a table that is made here has a compound one");
        }
        if (!create.style().isEmpty() && !create.style().equals("key")) {
            draft.comment("DISTSTYLE " + create.style().toUpperCase(Locale.ROOT)
                    + " has no equal: make the table by hand if it must be");
        }
    }

    /** What the console's template hands to the script that makes the table; empty if that says nothing. */
    private String argument(Chain chain, String name) {
        return definition.ofType("ShellCommandActivity").stream()
                .filter(script -> definition.refs(script, "output").stream()
                        .anyMatch(
                                output -> chain.target().filter(output::equals).isPresent()))
                .flatMap(script -> expressions.texts(script, "scriptArgument").stream())
                .filter(argument -> argument.startsWith(name) && !Expressions.isOpen(argument))
                .map(argument -> argument.substring(name.length()))
                .findFirst()
                .orElse("");
    }
}
