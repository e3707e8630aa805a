package dev.caravan.sandbox.dataapi;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Connections to the sandbox's cluster, by the real driver. */
record ClusterConnections(String jdbcUrl, String user, String password) {

    Connection open(String database) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", user);
        properties.put("password", password);
        properties.put("enableFetchRingBuffer", "false");
        return DriverManager.getConnection(jdbcUrl.replaceFirst("/[^/?]+\\?", "/" + database + "?"), properties);
    }
}
