package dev.caravan.dataapi;

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
        return row.get(column - 1);
    }

    @Nullable
    String getString(int column) throws SQLException {
        Object value = getObject(column);
        return value == null ? null : value.toString();
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
