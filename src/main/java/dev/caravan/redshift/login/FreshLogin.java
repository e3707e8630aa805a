package dev.caravan.redshift.login;

import com.zaxxer.hikari.util.DriverDataSource;
import dev.caravan.base.secret.SecretUnavailable;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a cluster's pool makes its connections with. When the cluster refuses user or password, both are read again from where the
 * configuration has them, and if they have changed, tried at once: a password that is rotated needs no restart, and no load notices. What SQL
 * hides is revealed to the driver.
 */
final class FreshLogin implements DataSource {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(FreshLogin.class);

    private final String cluster;
    private final DriverDataSource driver;
    private final RevealingJdbc revealing;
    private final UnaryOperator<Login> reading;
    private volatile @Nullable Login known;

    /** @param reading what the configuration says now of a login that was refused; may throw {@link SecretUnavailable} */
    FreshLogin(String cluster, DriverDataSource driver, UnaryOperator<Login> reading, RevealingJdbc revealing) {
        this.cluster = cluster;
        this.driver = driver;
        this.revealing = revealing;
        this.reading = reading;
    }

    /** A user and the password, either of which may be missing. */
    record Login(@Nullable String user, @Nullable String password) {
        /** Never the password. */
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return getConnection(null, null);
    }

    /** @param user what the pool was configured with; counts until the cluster refuses it */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return revealing.of(open(user, password));
    }

    private Connection open(@Nullable String user, @Nullable String password) throws SQLException {
        Login last = known;
        Login login = last == null ? new Login(user, password) : last;
        try {
            return driver.getConnection(login.user(), login.password());
        } catch (SQLException e) {
            if (!isRefusal(e)) {
                throw e;
            }
            Login now = read(login, e);
            if (now.equals(login)) {
                throw e;
            }
            Connection connection = driver.getConnection(now.user(), now.password());
            known = now;
            LOG.info(
                    "Cluster {} refused the login that it had taken; it takes the one that its configuration leads to now",
                    cluster);
            return connection;
        }
    }

    private Login read(Login login, SQLException refusal) throws SQLException {
        try {
            return reading.apply(login);
        } catch (SecretUnavailable e) {
            throw new SQLException(
                    refusal.getMessage() + "; a new one can't be had: " + e.getMessage(),
                    refusal.getSQLState(),
                    refusal);
        }
    }

    private static boolean isRefusal(SQLException e) {
        return Objects.requireNonNullElse(e.getSQLState(), "").startsWith("28");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return driver.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        driver.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        driver.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return driver.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return driver.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return driver.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return driver.isWrapperFor(type);
    }
}
