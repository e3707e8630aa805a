package dev.caravan.pipeline.redshifttopostgres.mirror;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.Shape;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ForeignRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a mirror stands, and what may become of its rows. */
final class ToProperties {
    private static final Pattern BEAN = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int MOST_SNAPSHOTS = 100;

    static final Property<String> TARGET = Property.of(
                    "target",
                    Form.of("the name of a DataSource bean", Forms.matching(BEAN)),
                    "the [PostgreSQL](../how-to/mirror-tables.md#a-target) that has the mirror: the name of its DataSource"
                            + " bean")
            .example("app")
            .needed();

    static final Property<List<String>> TARGET_TABLE = Property.of(
                    "targetTable",
                    Form.of("schema.table in PostgreSQL", ToProperties::table),
                    "the table in PostgreSQL, `schema.table`, which is there; its other columns, and rows that others wrote,"
                            + " stay as they are")
            .example("public.companies")
            .needed();

    static final Property<OnColumnChange> ON_COLUMN_CHANGE = Property.of(
                    "onColumnChange",
                    Forms.word(OnColumnChange.class),
                    "when the columns are others than the target was filled with: `rebase` compares both sides anew, adds"
                            + " columns that the target lacks and brings what differs; `fail`; `ignoreNew` goes on without"
                            + " columns that are new")
            .byDefault("rebase");

    static final Property<Limit> MAX_DELETES = Property.of(
                    "maxDeletes",
                    limit(),
                    "how many of the mirrored rows a run may delete: more are refused, for an emptied source is usually an"
                            + " accident. `100%` allows all")
            .byDefault("5%");

    static final Property<Limit> MAX_CHANGES = Property.of(
                    "maxChanges", limit(), "how many of the mirrored rows a run may change: more are refused")
            .byDefault("50%");

    static final Property<FirstLoad> FIRST_LOAD = Property.of(
                    "firstLoad",
                    Forms.word(FirstLoad.class),
                    "how the rows of an empty table come: in one transaction (`atOnce`), or in `chunks` that readers see come")
            .byDefault("atOnce");

    static final Property<Integer> APPLY_CHUNK = Property.of(
                    "applyChunk",
                    Forms.count("rows", 1_000, 100_000_000, "100000"),
                    "how many rows one transaction changes, so that readers see a mixture for a while; without it, a run is"
                            + " one transaction")
            .example("100000")
            .otherwise("all in one transaction");

    static final Property<ForeignRows> FOREIGN_ROWS = Property.of(
                    "foreignRows",
                    Forms.word(ForeignRows.class),
                    "a row that others wrote into the target, and whose key the source has now: `fail`, or `adopt` it")
            .byDefault("fail");

    static final Property<UnknownRows> UNKNOWN_ROWS = Property.of(
                    "unknownRows",
                    Forms.word(UnknownRows.class),
                    "rows of a table that is taken over, of which nobody knows whether they were mirrored, and whose keys the"
                            + " source hasn't: `keep` or `delete` them")
            .byDefault("keep");

    static final Property<Integer> KEEP_SNAPSHOTS = Property.of(
                    "keepSnapshots",
                    Forms.count("snapshots", 1, MOST_SNAPSHOTS, "3"),
                    "how many states the warehouse keeps, for a target that was restored from a backup: the newest")
            .byDefault("3");

    private ToProperties() {}

    private static Form<Limit> limit() {
        return Form.of("a percentage such as 5%, or a number of rows", Limit::of)
                .shaped(new Shape(
                        List.of(),
                        Optional.of(new Shape.Range(0, Long.MAX_VALUE)),
                        Optional.of("^[0-9]{1,12}\\s*%?$")));
    }

    /** As PostgreSQL takes it apart: what isn't in quotes is folded to lower case. */
    private static Optional<List<String>> table(String text) {
        List<String> parts = new ArrayList<>();
        var m = Pattern.compile("\\G(?:\"((?:[^\"\0]|\"\")+)\"|([\\p{L}_][\\p{L}\\p{N}_$]*))(\\.|$)")
                .matcher(text);
        int end = 0;
        while (m.find()) {
            parts.add(
                    m.group(1) != null
                            ? m.group(1).replace("\"\"", "\"")
                            : m.group(2).toLowerCase(Locale.ROOT));
            end = m.end();
        }
        boolean whole = end == text.length() && !text.endsWith(".");
        return Optional.of(parts).filter(p -> whole && p.size() == 2);
    }
}
