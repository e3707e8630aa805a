package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.redshift.target.SchemaEvolution;
import dev.caravan.redshift.target.TableName;
import dev.caravan.redshift.target.WriteMode;
import java.util.List;
import java.util.Optional;

/** What a sync writes, and how. */
final class TargetProperties {
    static final String TABLE_PART = "${table}";

    static final Property<String> TARGET_SCHEMA = Property.of(
                    "targetSchema",
                    Form.of(
                            "a schema's name of at most 127 bytes",
                            text -> TableName.of(text)
                                    .filter(name -> name.parts().size() == 1)
                                    .map(name -> text)),
                    "the schema in Redshift; its tables have the names of the source's")
            .example("shop")
            .otherwise("the source's schema");

    static final Property<String> TABLE = Property.of(
                    "table",
                    Form.of(
                            "schema.table, for example shop.${table}",
                            text -> TableName.of(text.replace(TABLE_PART, "t"))
                                    .filter(name -> name.parts().size() == 2)
                                    .map(name -> text)),
                    "the table in Redshift, `schema.table`, in which `${table}` stands for the source's; in place of"
                            + " `targetSchema`")
            .example("shop.raw_${table}");

    static final Property<WriteMode> WRITE_MODE = Property.of(
                    "writeMode",
                    Forms.word(WriteMode.class),
                    "what becomes of the rows that are there: `replace` (the default of `full`), `overwriteExisting` (of"
                            + " `incremental`), `keepExisting`, or `append`, for rows that never change")
            .example("overwriteExisting")
            .otherwise("as `mode` wants it");

    static final Property<List<String>> KEYS = Property.of(
                    "keys",
                    SourceProperties.columnsOfSource(),
                    "the source's columns that tell rows apart, separated by commas; for `overwriteExisting` and"
                            + " `keepExisting`")
            .example("id")
            .meaning(List.of())
            .otherwise("the primary key");

    static final Property<Boolean> CREATE_TABLE = Property.of(
                    "createTable", Forms.flag(), "whether a table that Redshift lacks is created")
            .byDefault("true");

    static final Property<SchemaEvolution> SCHEMA_EVOLUTION = Property.of(
                    "schemaEvolution",
                    Forms.word(SchemaEvolution.class),
                    "columns that the source has and Redshift hasn't: `addColumns`, or `none`: then the table's run fails")
            .byDefault("addColumns");

    static final Property<String> DIST_KEY = Property.of(
                    "distKey",
                    SourceProperties.columnOfSource(),
                    "the source's column by which a created table is distributed")
            .example("customer_id")
            .otherwise("a primary key of one column");

    static final Property<List<String>> SORT_KEY = Property.of(
                    "sortKey",
                    SourceProperties.columnsOfSource(),
                    "the source's columns by which a created table is sorted, separated by commas")
            .example("created_at")
            .meaning(List.of())
            .otherwise("the primary key");

    static final Property<Integer> MAX_DELETES = Property.of(
                    "maxDeletes",
                    Form.of("a percentage from 0 to 100, for example 20", TargetProperties::percent),
                    "how many of a table's rows, in percent, a run that replaces it may make fewer, or one with `deletes` may"
                            + " delete: an emptied source is usually an accident. `100` allows all")
            .byDefault("20");

    private TargetProperties() {}

    private static Optional<Integer> percent(String text) {
        return Forms.number(
                text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text, 0, 100);
    }
}
