package dev.caravan.feed.property;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.feed.capture.TableTemplate;
import dev.caravan.redshift.target.TableName;
import java.util.List;
import java.util.Optional;

/** Which table a feed loads, and which of its columns. */
public final class TableProperties {
    /**
     * Needed but of a feed that discards. Unquoted parts are folded to lower case, as Redshift does; a part in double quotes keeps its case and may hold any character. Its value is what was
     * written.
     */
    public static final Property<String> TABLE = Property.of(
                    "table",
                    Form.of(
                            "schema.table, each part at most 127 bytes; quote a part that isn't letters, digits, _ and $",
                            text -> TableTemplate.of(text).map(good -> text)),
                    "`schema.table` to load; may [depend on the key](../how-to/load-several-tables-by-one-feed.md)")
            .example("public.web_log")
            .meaning("")
            .otherwise(Property.NEEDED);

    public static final Property<List<String>> COLUMNS = Property.of(
                    "columns", columnNames(), "the table's columns that the fields fill, separated by commas")
            .example("id, name")
            .meaning(List.of())
            .otherwise("all columns, in order");

    private TableProperties() {}

    /** Columns' names as Redshift knows them, without quotes. */
    static Form<List<String>> columnNames() {
        return Form.of("names separated by commas, each once and at most 127 bytes", TableName::columns)
                .unless(Forms::twice);
    }

    /** One column's name as Redshift knows it, without quotes. */
    static Form<String> columnName() {
        return Form.of(
                "one column's name of at most 127 bytes",
                text -> TableName.columns(text)
                        .filter(names -> names.size() == 1)
                        .flatMap(names -> Optional.of(names.get(0))));
    }
}
