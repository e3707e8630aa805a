package dev.caravan.dataapi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** What {@link java.sql.PreparedStatement} is here: a query with texts in the place of question marks. */
final class DataApiQuery extends DataApiStatement {
    private final String sql;
    private final Map<Integer, String> values = new HashMap<>();

    DataApiQuery(DataApiConnection connection, String sql) {
        super(connection);
        this.sql = sql;
    }

    void setString(int number, String value) {
        values.put(number, value);
    }

    ResultSet executeQuery() throws SQLException {
        return executeQuery(SqlBody.bound(sql, values));
    }
}
