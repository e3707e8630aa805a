package dev.caravan.sandbox.demo.mirror;

import dev.caravan.sandbox.run.RunFailure;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The application's PostgreSQL: the table that the mirror fills, with a column and a row of the application's own. */
final class App {
    private static final long OWN = 1_000_000;

    private final SourceDatabase database;

    private App(SourceDatabase database) {
        this.database = database;
    }

    /** Makes the table, which must not be there. */
    static App open(SourceDatabase database) {
        App app = new App(database);
        app.run("CREATE TABLE public.airports (id bigint PRIMARY KEY,"
                + " iata varchar(4) NOT NULL CONSTRAINT airports_iata UNIQUE DEFERRABLE, name text, city text,"
                + " state char(2), country text, latitude numeric(10, 8), longitude numeric(11, 8), note text,"
                + " stars smallint)");
        app.run("INSERT INTO public.airports (id, iata, name, note, stars) VALUES (" + (OWN + 1)
                + ", 'OURS', 'Our own heliport', '', 5)");
        return app;
    }

    /** Somebody gives stars to airports that the mirror has brought. */
    void star() {
        run("UPDATE public.airports SET stars = CASE iata WHEN 'JFK' THEN 2 WHEN 'LGA' THEN 3 ELSE 4 END"
                + " WHERE iata IN ('JFK', 'LGA', 'SEA')");
    }

    /** The rows that the mirror has brought. */
    Contents mirrored(List<String> columns) {
        return read(columns, "public.airports WHERE id < " + OWN);
    }

    /** What is the application's: its row, whole, and its column. */
    Own own() {
        return new Own(
                read(List.of("id", "iata", "name", "city", "note", "stars"), "public.airports WHERE id > " + OWN),
                read(List.of("id", "stars"), "public.airports WHERE id < " + OWN + " AND stars IS NOT NULL"));
    }

    record Own(Contents rows, Contents stars) {}

    private Contents read(List<String> columns, String rows) {
        try (Connection connection = database.connect()) {
            return Contents.read(connection, columns, rows);
        } catch (SQLException e) {
            throw new RunFailure("The application's table could not be read", e);
        }
    }

    private void run(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new RunFailure("The application could not write", e);
        }
    }
}
