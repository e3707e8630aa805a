package dev.caravan.pipeline.tabletoredshift.target;

import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import dev.caravan.redshift.copy.SqlText;
import dev.caravan.redshift.target.ClusterNames;

/**
 * A column as Redshift has it.
 *
 * @param name folded, without quotes
 * @param type for DDL: {@code VARCHAR(80)}
 * @param nullable whether a value may be NULL, be it by a policy
 */
record TargetColumn(String name, String type, boolean nullable) {
    static TargetColumn of(ColumnMapping column) {
        return new TargetColumn(ClusterNames.folded(column.name()), column.redshiftType(), column.nullable());
    }

    /** Neither SUPER nor VARBYTE: by the first Redshift can't sort or distribute, of the second its guide doesn't say. */
    boolean canBeKey() {
        return !type.equals("SUPER") && !type.startsWith("VARBYTE");
    }

    String sql() {
        return SqlText.identifier(name) + " " + type + (nullable ? "" : " NOT NULL");
    }
}
