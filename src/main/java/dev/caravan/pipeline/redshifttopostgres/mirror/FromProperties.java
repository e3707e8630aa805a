package dev.caravan.pipeline.redshifttopostgres.mirror;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.redshift.target.TableName;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a mirror is made from, and when. */
final class FromProperties {
    private static final Pattern BEAN = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    static final Property<String> SOURCE = Property.of(
                    "source",
                    Form.of("the name of a cluster's DataSource bean", Forms.matching(BEAN)),
                    "the cluster: the name of its DataSource bean")
            .example("redshift")
            .needed();

    static final Property<String> TABLE = Property.of(
                    "table",
                    Form.of(
                            "schema.table, or database.schema.table",
                            text -> Optional.of(text).filter(t -> parts(t).isPresent())),
                    "the table or view in Redshift, `schema.table`, or `database.schema.table` of a datashare; in place of"
                            + " `query`")
            .example("shared_db.public.companies");

    static final Property<String> QUERY = Property.of(
                    "query",
                    Form.of("one SELECT, without ; or comments", FromProperties::select),
                    "a SELECT in Redshift's SQL; in place of `table`")
            .example("SELECT id, name FROM public.companies WHERE active");

    static final Property<List<String>> KEYS = Property.of(
                    "keys",
                    Form.of("columns' names, separated by commas", TableName::columns)
                            .unless(Forms::twice),
                    "the columns in Redshift that tell rows apart, separated by commas: never NULL, no two rows with the same")
            .example("id")
            .needed();

    static final Property<ColumnPairs> COLUMNS = Property.of(
                    "columns",
                    Form.of(
                            "columns separated by commas: id, name=company_name for what it is called in PostgreSQL, !note to"
                                    + " leave one out, * for all others",
                            ColumnPairs::of),
                    "the columns, separated by commas, with `=` and its name in PostgreSQL where that is another, or as a"
                            + " map; `!note` leaves one out, `*` takes all others")
            .example("id, name=company_name, founded=founded_on")
            .meaning(ColumnPairs.ALL)
            .otherwise("all, under their own names")
            .withParts();

    static final Property<String> SCHEDULE = Property.of(
                    "schedule",
                    Forms.cron("0 0 2 * * ?"),
                    "when it runs: a cron, seconds first; a run that was missed is caught up once")
            .example("0 0 2 * * ?")
            .otherwise("only by `caravan mirror`");

    static final Property<ZoneId> TIME_ZONE = Property.of(
                    "timeZone",
                    Form.of("a time zone such as Asia/Tokyo or UTC", FromProperties::zone),
                    "of `schedule`: `Asia/Tokyo`")
            .byDefault("UTC", ZoneOffset.UTC);

    private FromProperties() {}

    /** Of one to three parts, folded as Redshift does it. */
    static Optional<List<String>> parts(String text) {
        // A column list has the same parts, between commas: dots outside of quotes become those.
        StringBuilder commas = new StringBuilder(text);
        boolean quoted = false;
        for (int i = 0; i < commas.length(); i++) {
            quoted ^= commas.charAt(i) == '"';
            if (!quoted && commas.charAt(i) == ',') {
                return Optional.empty();
            }
            if (!quoted && commas.charAt(i) == '.') {
                commas.setCharAt(i, ',');
            }
        }
        return TableName.columns(commas.toString()).filter(parts -> parts.size() <= 3);
    }

    private static Optional<String> select(String text) {
        return Optional.of(text)
                .filter(t -> t.matches("(?is)(select|with)\\b.*")
                        && !t.contains(";")
                        && !t.contains("--")
                        && !t.contains("/*"));
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
