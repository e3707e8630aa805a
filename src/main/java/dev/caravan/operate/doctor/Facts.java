package dev.caravan.operate.doctor;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.operate.doctor.trial.Database;
import dev.caravan.operate.doctor.trial.Place;
import dev.caravan.redshift.failure.CopyFailure;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the cluster says of itself.
 *
 * @param way how it is reached
 * @param isolation of its database; in words why, if it doesn't tell
 */
public record Facts(String cluster, String way, String database, String user, String version, String isolation) {

    static Facts of(Place place, Database database) throws SQLException {
        String isolation;
        try {
            isolation = database.value("SELECT database_isolation_level FROM svv_redshift_databases"
                    + " WHERE database_name = current_database()");
        } catch (SQLException e) {
            isolation = "not told: " + CopyFailure.of(e).problem();
        }
        return new Facts(
                place.cluster(),
                place.isDataApi() ? "Data API" : driver(place),
                database.value("SELECT current_database()"),
                database.value("SELECT current_user"),
                database.value("SELECT version()"),
                isolation.isBlank() ? "not told" : isolation);
    }

    private static String driver(Place place) throws SQLException {
        String pool = place.source() instanceof HikariDataSource
                ? ""
                : " in " + place.source().getClass().getName();
        try (Connection connection = place.source().getConnection()) {
            return "JDBC, " + connection.getMetaData().getDriverName() + " "
                    + connection.getMetaData().getDriverVersion() + pool;
        }
    }
}
