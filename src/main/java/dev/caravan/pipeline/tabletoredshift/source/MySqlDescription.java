package dev.caravan.pipeline.tabletoredshift.source;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;

/** What the drivers of MariaDB and MySQL say of a column of a result, in {@link SourceColumn}'s words. */
final class MySqlDescription {
    /** Digits of a second's fraction that a TIME may have: not all drivers say how many it has. */
    private static final int MICROS = 6;
    /** Characters of a TEXT, of which drivers say different lengths: as many as Redshift's longest VARCHAR has bytes. */
    private static final int ANY_TEXT = 65_535;

    private MySqlDescription() {}

    /** @param nullable whether the column may be NULL if the server says so: it knows what outer joins do */
    static SourceColumn column(ResultSetMetaData described, int column, boolean nullable) throws SQLException {
        String said = described.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        boolean unsigned = said.endsWith(" unsigned") || (isWholeNumber(said) && !described.isSigned(column));
        String type = type(said.replace(" unsigned", "").strip(), described, column);
        int precision = described.getPrecision(column);
        String declared = type.equals("tinyint") && precision == 1 ? "tinyint(1)" : type;
        return new SourceColumn(
                described.getColumnLabel(column),
                type,
                unsigned ? declared + " unsigned" : declared,
                switch (type) {
                    case "tinytext", "text", "mediumtext", "longtext" -> ANY_TEXT;
                    case "longblob" -> Integer.MAX_VALUE; // of 4 GB, drivers say less than nothing
                    default -> precision;
                },
                type.equals("time") ? MICROS : precision,
                described.getScale(column),
                nullable && described.isNullable(column) != ResultSetMetaData.columnNoNulls,
                "",
                false,
                false);
    }

    private static boolean isWholeNumber(String said) {
        return said.endsWith("int") || said.equals("integer");
    }

    /** Drivers take a TINYINT(1) for a bit, unless they are told not to (tinyInt1isBit): but that has a sign. */
    private static String type(String said, ResultSetMetaData described, int column) throws SQLException {
        boolean bit = said.equals("bit") || said.equals("boolean");
        if (bit && described.getColumnType(column) != Types.VARBINARY && described.isSigned(column)) {
            return "tinyint";
        }
        return switch (said) {
            case "integer" -> "int";
            case "boolean" -> "bit";
            default -> said;
        };
    }
}
