package dev.caravan.sandbox.source;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A running database server, and who may do everything in it. */
public interface SourceDatabase extends AutoCloseable {
    /** For the driver, without user and password. */
    String url();

    String user();

    String password();

    /** A new connection of that user. */
    default Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), user(), password());
    }

    @Override
    void close();
}
