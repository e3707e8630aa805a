package dev.caravan.sandbox.bench.tables;

import dev.caravan.sandbox.source.SourceDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database server with the table.
 *
 * @param name for people
 * @param pid of its first process
 */
record Server(String name, SourceDatabase database, long pid) {
    static Server mariaDb(SourceDatabase database) throws SQLException, IOException {
        return new Server(
                "MariaDB",
                database,
                Long.parseLong(Files.readString(Path.of(ask(database, "SELECT @@pid_file")))
                        .strip()));
    }

    /** Each connection is a process of its own there, which the first has started. */
    static Server postgres(SourceDatabase database) throws SQLException {
        long backend = Long.parseLong(ask(database, "SELECT pg_backend_pid()"));
        return new Server(
                "PostgreSQL",
                database,
                ProcessHandle.of(backend)
                        .flatMap(ProcessHandle::parent)
                        .map(ProcessHandle::pid)
                        .orElse(backend));
    }

    boolean isMariaDb() {
        return name.equals("MariaDB");
    }

    private static String ask(SourceDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
