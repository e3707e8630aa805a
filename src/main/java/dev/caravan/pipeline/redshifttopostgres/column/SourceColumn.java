package dev.caravan.pipeline.redshifttopostgres.column;

import dev.caravan.redshift.copy.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of what is mirrored.
 *
 * @param name as the cluster has it
 * @param type as its driver names it: {@code numeric}
 * @param size digits or bytes
 * @param scale digits behind the point
 */
public record SourceColumn(String name, String type, int size, int scale) {

    /**
     * Asks a cluster, which reads no row for it.
     *
     * @param relation as it stands behind FROM
     */
    public static List<SourceColumn> of(Connection cluster, String relation) throws SQLException {
        try (Statement statement = cluster.createStatement();
                ResultSet none = statement.executeQuery(
                        "SELECT * FROM " + relation + " AS " + SqlText.identifier("mirrored") + " WHERE 1 = 0")) {
            ResultSetMetaData data = none.getMetaData();
            List<SourceColumn> columns = new ArrayList<>();
            for (int i = 1; i <= data.getColumnCount(); i++) {
                columns.add(new SourceColumn(
                        data.getColumnLabel(i), data.getColumnTypeName(i), data.getPrecision(i), data.getScale(i)));
            }
            return columns;
        }
    }
}
