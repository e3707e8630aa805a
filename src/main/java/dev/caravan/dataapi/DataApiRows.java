package dev.caravan.dataapi;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link ResultSet} and {@link ResultSetMetaData} are here: rows that are all there already. */
final class DataApiRows {
    private final Rows rows;
    private final DataApiStatement statement;
    private int current = -1;
    private boolean wasNull;
    private boolean closed;

    private DataApiRows(Rows rows, DataApiStatement statement) {
        this.rows = rows;
        this.statement = statement;
    }

    static ResultSet of(Rows rows, DataApiStatement statement) {
        return Facade.of(ResultSet.class, new DataApiRows(rows, statement));
    }

    boolean next() {
        current++;
        return current < rows.values().size();
    }

    @Nullable
    Object getObject(int column) throws SQLException {
        if (current < 0 || current >= rows.values().size()) {
            throw new SQLException("there is no row here", "24000");
        }
        List<@Nullable Object> row = rows.values().get(current);
        if (column < 1 || column > row.size()) {
            throw new SQLException("there is no column " + column, "42703");
        }
        Object value = row.get(column - 1);
        wasNull = value == null;
        return value;
    }

    @Nullable
    Object getObject(String column) throws SQLException {
        return getObject(number(column));
    }

    @Nullable
    String getString(int column) throws SQLException {
        Object value = getObject(column);
        return value == null ? null : value.toString();
    }

    @Nullable
    String getString(String column) throws SQLException {
        return getString(number(column));
    }

    int getInt(int column) throws SQLException {
        return Math.toIntExact(getLong(column));
    }

    int getInt(String column) throws SQLException {
        return getInt(number(column));
    }

    long getLong(int column) throws SQLException {
        Object value = getObject(column);
        try {
            return value == null ? 0 : new BigDecimal(value.toString()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new SQLException("column " + column + " is no whole number: " + value, "22003", e);
        }
    }

    long getLong(String column) throws SQLException {
        return getLong(number(column));
    }

    boolean getBoolean(int column) throws SQLException {
        Object value = getObject(column);
        if (value == null || value instanceof Boolean) {
            return value != null && (Boolean) value;
        }
        throw new SQLException("column " + column + " is no BOOLEAN: " + value, "22018");
    }

    boolean getBoolean(String column) throws SQLException {
        return getBoolean(number(column));
    }

    /** Whether the value that was asked for last is NULL. */
    boolean wasNull() {
        return wasNull;
    }

    /** The first of that name, which has no capitals and small letters for JDBC. */
    private int number(String column) throws SQLException {
        for (int i = 0; i < rows.columns().size(); i++) {
            if (rows.columns().get(i).equalsIgnoreCase(column)) {
                return i + 1;
            }
        }
        throw new SQLException("there is no column " + column + " among " + rows.columns(), "42703");
    }

    Statement getStatement() {
        return Facade.of(Statement.class, statement);
    }

    ResultSetMetaData getMetaData() {
        return Facade.of(ResultSetMetaData.class, this);
    }

    int getColumnCount() {
        return rows.columns().size();
    }

    String getColumnLabel(int column) {
        return rows.columns().get(column - 1);
    }

    String getColumnName(int column) {
        return getColumnLabel(column);
    }

    /** Never a large object's, of which readers would want more than the value. */
    int getColumnType(int column) {
        return Types.OTHER;
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
