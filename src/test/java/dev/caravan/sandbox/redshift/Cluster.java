package dev.caravan.sandbox.redshift;

import com.amazon.redshift.Driver;
import dev.caravan.sandbox.faults.Watch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server and one S3 for all tests that ask for it; each test makes its own tables and keys. */
final class Cluster implements AutoCloseable {
    static final String USER = "awsuser";
    static final String PASSWORD = "Secret1";
    static final String ROLE = " IAM_ROLE 'arn:aws:iam::123456789012:role/load' ";

    private final TestS3 s3 = new TestS3();
    private final RedshiftServer server =
            RedshiftServer.start(0, Optional.empty(), s3.client(), USER, PASSWORD, new Watch());

    /** Starts the cluster once for a run, and stops it at its end. */
    static final class Extension implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Extension.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Cluster.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(Cluster.class, key -> new Cluster(), Cluster.class);
        }
    }

    RedshiftServer server() {
        return server;
    }

    TestS3 s3() {
        return s3;
    }

    Connection open() throws SQLException {
        return open(server, new Properties());
    }

    static Connection open(RedshiftServer server, Properties more) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("enableFetchRingBuffer", "false");
        more.stringPropertyNames().forEach(name -> properties.setProperty(name, more.getProperty(name)));
        return Optional.ofNullable(new Driver().connect(server.jdbcUrl(), properties))
                .orElseThrow();
    }

    /** Runs a statement, or several, as camel-jdbc does: all results are read, and closed. */
    static void run(Connection connection, String sql) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() != -1) {
                if (rows) {
                    statement.getResultSet().close();
                }
                rows = statement.getMoreResults();
            }
        }
    }

    /** On a connection of its own, committed. */
    void run(String sql) throws SQLException {
        try (Connection connection = open()) {
            run(connection, sql);
        }
    }

    /** All rows, values joined by {@code |}, NULL as {@code null}. */
    List<String> rows(String sql) throws SQLException {
        try (Connection connection = open()) {
            return rows(connection, sql);
        }
    }

    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String value = result.getString(i);
                    values.add(value == null ? "null" : value.stripTrailing());
                }
                rows.add(String.join("|", values));
            }
            return rows;
        }
    }

    static String one(Connection connection, String sql) throws SQLException {
        return rows(connection, sql).get(0);
    }

    /** A COPY of one file or prefix, with a role. */
    static String copy(String table, String url, String options) {
        return "COPY " + table + " FROM '" + url + "'" + ROLE + options;
    }

    static List<String> warnings(java.sql.Statement statement) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
            texts.add(w.getMessage());
        }
        return texts;
    }

    @Override
    public void close() {
        server.close();
        s3.close();
    }
}
