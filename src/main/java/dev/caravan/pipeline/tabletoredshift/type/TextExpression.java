package dev.caravan.pipeline.tabletoredshift.type;

import dev.caravan.pipeline.tabletoredshift.source.SourceKind;

/** What a person takes in a column's place: an expression in the source's SQL, whose value comes as text, whatever its type is. */
public final class TextExpression {
    private TextExpression() {}

    /** @param expression with balanced parentheses and quotes */
    public static ColumnMapping of(SourceKind kind, String column, String expression) {
        String longest = Integer.toString(Mapping.LONGEST_VARCHAR + 1);
        String text = switch (kind) {
            case MYSQL -> "LEFT(CAST((" + expression + ") AS CHAR CHARACTER SET utf8mb4), " + longest + ")";
            case POSTGRESQL -> "left((" + expression + ")::text, " + longest + ")";
        };
        return new ColumnMapping(
                column,
                text,
                Mapping.varchar(Mapping.LONGEST_VARCHAR),
                ValueForm.TEXT,
                Mapping.LONGEST_VARCHAR,
                true,
                true);
    }
}
