package dev.caravan.feed.property;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.Reading;
import dev.caravan.base.property.Reading.Good;
import dev.caravan.base.property.Reading.Wrong;
import dev.caravan.base.property.Shape;
import dev.caravan.batch.OverwritePolicy;
import dev.caravan.redshift.target.SchemaEvolution;
import dev.caravan.redshift.target.SqlHook;
import dev.caravan.redshift.target.WriteMode;
import java.util.List;

/** What a load makes of the rows that the table has, and of its own. */
public final class RowProperties {
    public static final Property<OverwritePolicy> ON_OVERWRITE = Property.of(
                    "onOverwrite",
                    Forms.word(OverwritePolicy.class),
                    "a new version of an object that was taken before: `load` it like any file, `skip` it, or `replace`"
                            + " the object's rows")
            .byDefault("load");

    public static final Property<WriteMode> WRITE_MODE = Property.of(
                    "writeMode",
                    Forms.word(WriteMode.class),
                    "[what becomes of the rows that are there](../how-to/replace-or-merge-rows.md): `append`, `replace`,"
                            + " `overwriteExisting`, `keepExisting`")
            .byDefault("append");

    public static final Property<SchemaEvolution> SCHEMA_EVOLUTION = Property.of(
                    "schemaEvolution",
                    Forms.word(SchemaEvolution.class),
                    "fields that the table has no column for: `none` leaves them to COPY, `addColumns`"
                            + " [adds columns](../how-to/add-new-columns.md)")
            .byDefault("none");

    /** They should be NOT NULL. */
    public static final Property<List<String>> KEYS = Property.of(
                    "keys",
                    TableProperties.columnNames(),
                    "the columns that tell rows apart, separated by commas; for `overwriteExisting` and `keepExisting`")
            .example("id")
            .meaning(List.of());

    /** Null is earlier than every value. Without it files are copied one by one. */
    public static final Property<List<String>> ORDER_BY = Property.of(
                    "orderBy",
                    TableProperties.columnNames(),
                    "the columns by which one of two rows with the same keys is the later one, the first that differs"
                            + " deciding; for `overwriteExisting`")
            .example("changed_at")
            .meaning(List.of())
            .otherwise("the later file's row is");

    /** For each batch and cluster; several statements are separated by semicolons. */
    public static final Property<String> PRE_SQL = Property.of(
                    "preSql", sql(), "SQL that runs first in the load's transaction")
            .example("DELETE FROM public.web_log WHERE day = CURRENT_DATE")
            .meaning("");

    /** As {@link #PRE_SQL}. */
    public static final Property<String> POST_SQL = Property.of(
                    "postSql", sql(), "SQL that runs last in the load's transaction")
            .example("CALL public.web_log_loaded()")
            .meaning("");

    /** If Caravan writes it, files are copied one by one. */
    public static final Property<String> FILE_COLUMN = Property.of(
                    "fileColumn",
                    TableProperties.columnName(),
                    "the table's column that names each row's file, `s3://bucket/key`:"
                            + " [written by Caravan](../how-to/replace-or-merge-rows.md) unless `columns` names it;"
                            + " `onOverwrite: replace` needs it")
            .example("file");

    /** By the cluster's clock. */
    public static final Property<String> LOADED_AT_COLUMN = Property.of(
                    "loadedAtColumn",
                    TableProperties.columnName(),
                    "the table's column into which Caravan writes when a row was loaded")
            .example("loaded_at");

    private RowProperties() {}

    private static Form<String> sql() {
        return new Form<>(
                "SQL statements, separated by semicolons, that don't end the transaction",
                Shape.TEXT,
                RowProperties::hook);
    }

    private static Reading<String> hook(String text) {
        return SqlHook.of(text)
                .<Reading<String>>map(sql -> new Good<>(sql, text))
                .orElseGet(() -> new Wrong<>(text, SqlHook.advice(text).orElse("")));
    }
}
