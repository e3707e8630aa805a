package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a sync reads, and when. */
final class SourceProperties {
    private static final Pattern BEAN = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int MOST_OVERLAP_DAYS = 365;

    static final Property<String> SOURCE = Property.of(
                    "source",
                    Form.of("the name of a DataSource bean", Forms.matching(BEAN)),
                    "the [source](../how-to/sync-tables.md#a-source): the name of a DataSource bean of MySQL, MariaDB or"
                            + " PostgreSQL")
            .example("shopDb")
            .needed();

    static final Property<TablePatterns> TABLES = Property.of(
                    "tables",
                    Form.of(
                            "schema.table, separated by commas, * for any characters, ! before what is left out, for example"
                                    + " shop.*, !shop.tmp_*",
                            TablePatterns::of),
                    "the tables, separated by commas: `*` stands for any characters, `!` stands before what is left out. Of"
                            + " several syncs of one source, the one that names a table most exactly takes it")
            .example("shop.*, !shop.tmp_*")
            .needed();

    static final Property<String> SELECT = Property.of(
                    "select",
                    OneSelect.FORM,
                    "what is taken in place of a table: [one SELECT in the source's SQL](../how-to/sync-tables.md#a-select-in-place-of-a-table)."
                            + " `tables` is then the one name that its rows have")
            .example("SELECT o.*, c.country FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id")
            .otherwise("the tables that `tables` names");

    static final Property<String> SCHEDULE = Property.of(
                    "schedule",
                    Forms.cron("0 0 3 * * ?"),
                    "when it runs: a cron, seconds first; a run that was missed is caught up once")
            .example("0 0 3 * * ?")
            .otherwise("only by `caravan sync`");

    static final Property<String> FULL_EVERY = Property.of(
                    "fullEvery",
                    Forms.cron("0 0 4 ? * SUN"),
                    "when an incremental sync takes all rows and replaces the table's, so that deleted rows go: a cron")
            .example("0 0 4 ? * SUN")
            .otherwise("only by `caravan sync --full`");

    static final Property<ZoneId> TIME_ZONE = Property.of(
                    "timeZone",
                    Form.of("a time zone such as Asia/Tokyo or UTC", SourceProperties::zone),
                    "of both times: `Asia/Tokyo`")
            .byDefault("UTC", ZoneOffset.UTC);

    static final Property<SyncMode> MODE = Property.of(
                    "mode",
                    Forms.word(SyncMode.class),
                    "`full`: each run takes all rows; `incremental`: those whose `watermark` says that they may have changed")
            .byDefault("full");

    static final Property<String> WATERMARK = Property.of(
                    "watermark",
                    columnOfSource(),
                    "the source's column that says when a row was changed last: a date and time that each change sets")
            .example("updated_at");

    static final Property<ZoneId> WATERMARK_ZONE = Property.of(
                    "watermarkZone",
                    Form.of("a time zone such as Asia/Tokyo or UTC", SourceProperties::zone),
                    "of the watermark's values, if its type has none")
            .example("Asia/Tokyo")
            .otherwise("the source server's; PostgreSQL wants one");

    static final Property<Duration> OVERLAP = Property.of(
                    "overlap",
                    Forms.duration(MOST_OVERLAP_DAYS),
                    "how much of what was read before is read again, for times that applications set, whose clocks may be slow; with"
                            + " `writeMode: append`, how long rows wait until they are read")
            .byDefault("10m");

    static final Property<Deletes> DELETES = Property.of(
                    "deletes",
                    Form.of("none, keys, or soft: and a column's name, for example soft:deleted_at", Deletes::of),
                    "how an incremental run learns of [deleted rows](../how-to/sync-tables.md#deleted-rows): `keys` reads the"
                            + " keys of all rows each time, and those that aren't among them go; `soft:deleted_at` takes"
                            + " rows for deleted whose column isn't NULL; `none`")
            .byDefault("none", Deletes.NONE);

    static final Property<String> WHERE = Property.of(
                    "where",
                    Form.of("a condition in the source's SQL", SourceProperties::condition),
                    "which rows are taken: a condition in the source's SQL")
            .example("status <> 'draft'")
            .meaning("");

    static final Property<ColumnChoice> COLUMNS = Property.of(
                    "columns",
                    Form.of(
                            "!column to leave one out, column=expression to take something else, separated by commas",
                            ColumnChoice::of),
                    "columns that are left out (`!card_number`) or taken as something else (`email=sha2(email, 256)`, in the"
                            + " source's SQL, as text), separated by commas")
            .example("!card_number, email=sha2(email, 256)")
            .meaning(ColumnChoice.ALL)
            .otherwise("all, as they are");

    static final Property<SnapshotOf> SNAPSHOT = Property.of(
                    "snapshot",
                    Forms.word(SnapshotOf.class),
                    "what is read as it was at one moment of the source: each `table`, or all tables of a run (`sync`), so"
                            + " that they are [consistent with one another](../how-to/sync-tables.md#tables-of-one-moment)")
            .byDefault("table");

    static final Property<Duration> MAX_SNAPSHOT = Property.of(
                    "maxSnapshot",
                    Forms.duration(7),
                    "how long the source has to keep one moment of itself, for a table, or for all tables with"
                            + " `snapshot: sync`: what takes longer fails")
            .byDefault("4h");

    private SourceProperties() {}

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** In the source's spelling, which may be any. */
    static Form<String> columnOfSource() {
        return Form.of(
                "one column's name, as the source spells it",
                text -> Optional.of(text).filter(t -> !t.contains(",") && t.length() <= 128));
    }

    static Form<List<String>> columnsOfSource() {
        return Form.of(
                        "columns' names, as the source spells them, separated by commas",
                        text -> Optional.of(Stream.of(text.split(",", -1))
                                        .map(String::strip)
                                        .toList())
                                .filter(names -> names.stream().noneMatch(String::isEmpty)))
                .unless(Forms::twice);
    }

    /** One condition, and nothing behind it. */
    private static Optional<String> condition(String text) {
        return Optional.of(text).filter(t -> !t.contains(";") && !t.contains("--") && !t.contains("/*"));
    }
}
