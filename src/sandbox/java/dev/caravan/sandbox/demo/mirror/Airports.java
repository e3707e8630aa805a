package dev.caravan.sandbox.demo.mirror;

import dev.caravan.redshift.copy.SqlText;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.demo.rows.SampleRows;
import dev.caravan.sandbox.run.RunFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The warehouse's table of airports, real ones, and what happens to it from night to night. */
final class Airports {
    private static final String TABLE = "market.airports";
    private static final int NEW_IN_THE_SECOND_NIGHT = 40, ROWS_OF_A_STATEMENT = 500;

    private final ClusterSql cluster;
    private final List<List<String>> all = SampleRows.read("airports").rows();
    private final List<String> columns =
            new ArrayList<>(List.of("id", "iata", "name", "city", "state", "country", "latitude", "longitude", "note"));

    private Airports(ClusterSql cluster) {
        this.cluster = cluster;
    }

    /** Makes the table, which must not be there, and fills it. */
    static Airports open(ClusterSql cluster) {
        Airports airports = new Airports(cluster);
        cluster.run(
                "CREATE SCHEMA market",
                "CREATE TABLE " + TABLE + " (id BIGINT NOT NULL, iata VARCHAR(4) NOT NULL, name VARCHAR(100),"
                        + " city VARCHAR(100), state CHAR(2), country VARCHAR(50), latitude DECIMAL(10, 8),"
                        + " longitude DECIMAL(11, 8), note VARCHAR(100)) SORTKEY (id)");
        airports.insert(0, airports.all.size() - NEW_IN_THE_SECOND_NIGHT);
        return airports;
    }

    List<String> columns() {
        return columns;
    }

    Contents contents() {
        try (Connection connection = cluster.connect()) {
            return Contents.read(connection, columns, TABLE);
        } catch (SQLException e) {
            throw new RunFailure(TABLE + " could not be read in Redshift", e);
        }
    }

    /** Rows come, change and go; says which. */
    List<String> change() {
        insert(all.size() - NEW_IN_THE_SECOND_NIGHT, all.size());
        int renamed = update("UPDATE " + TABLE + " SET name = name || ' Airport' WHERE state IN ('VT', 'WY')");
        int deleted = update("DELETE FROM " + TABLE + " WHERE id % 200 = 7");
        int noted = update("UPDATE " + TABLE + " SET note = CASE WHEN note IS NULL THEN '' END"
                + " WHERE COALESCE(note, '') = '' AND id <= 50");
        update("UPDATE " + TABLE + " SET iata = CASE iata WHEN 'JFK' THEN 'LGA' ELSE 'JFK' END"
                + " WHERE iata IN ('JFK', 'LGA')");
        return List.of(
                "In Redshift %d airports are new, %d have another name, %d are gone"
                        .formatted(NEW_IN_THE_SECOND_NIGHT, renamed, deleted),
                "In Redshift %d notes that were NULL are empty now, or the other way round".formatted(noted),
                "In Redshift JFK and LGA exchange their codes, which are unique in PostgreSQL");
    }

    /** The table gets a column, with a value for some airports; says which. */
    String addColumn() {
        update("ALTER TABLE " + TABLE + " ADD COLUMN departures INTEGER");
        columns.add("departures");
        Map<String, Long> departures = SampleRows.read("flights").rows().stream()
                .collect(Collectors.groupingBy(flight -> flight.get(3), Collectors.counting()));
        Map<Long, List<String>> byNumber = departures.keySet().stream().collect(Collectors.groupingBy(departures::get));
        int counted = byNumber.entrySet().stream()
                .mapToInt(e -> update("UPDATE %s SET departures = %d WHERE iata IN ('%s')"
                        .formatted(TABLE, e.getKey(), String.join("', '", e.getValue()))))
                .sum();
        return "In Redshift column departures is new, with a value for %d airports".formatted(counted);
    }

    /** Deletes most of them; says how many. */
    String loseMost() {
        return "In Redshift %,d airports are gone".formatted(update("DELETE FROM " + TABLE + " WHERE state <> 'CA'"));
    }

    private int update(String sql) {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new RunFailure(TABLE + " could not be changed in Redshift", e);
        }
    }

    private void insert(int from, int to) {
        for (int first = from; first < to; first += ROWS_OF_A_STATEMENT) {
            update("INSERT INTO " + TABLE + " VALUES "
                    + IntStream.range(first, Math.min(first + ROWS_OF_A_STATEMENT, to))
                            .mapToObj(this::row)
                            .collect(Collectors.joining(", ")));
        }
    }

    private String row(int index) {
        int id = index + 1;
        return all.get(index).stream()
                .map(value -> value.isEmpty() ? "NULL" : SqlText.literal(value))
                .collect(Collectors.joining(", ", "(" + id + ", ", ", " + note(id) + ")"));
    }

    /** Texts that careless loaders break, empty ones, and NULL. */
    private static String note(int id) {
        if (id % 11 == 0) {
            return SqlText.literal("Gate %d, \"ring twice\": it's behind\nthe hangar | \\N 🛩".formatted(id % 9));
        }
        return id % 3 == 0 ? "''" : "NULL";
    }
}
