package dev.caravan.redshift.login;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.redshift.copy.HiddenSecrets;
import dev.caravan.redshift.login.FreshLogin.Login;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** The clusters' pools, whose passwords may change while they are in use, and whose SQL hides secrets. */
public final class ClusterLogins {
    /** Connections that a pool may have beyond those that the configuration gives to loads: for housekeeping, reconciliation and questions. */
    static final int ASIDE = 2;

    private ClusterLogins() {}

    /** How many loads may use a pool at a time: its {@code maximumPoolSize} as configured. */
    public static int loadsAtOnce(HikariDataSource pool) {
        return pool.getDataSource() instanceof FreshLogin
                ? pool.getMaximumPoolSize() - ASIDE
                : pool.getMaximumPoolSize();
    }

    /**
     * Has every pool of the registry read {@code camel.beans.<name>.username} and {@code .password} again when its cluster refuses them, and its
     * driver get the secrets that statements hide; before any of them is used. A pool that another data source feeds is left as it is.
     *
     * @param atMost the longest that a statement may take
     */
    public static void prepare(CamelContext context, HiddenSecrets secrets, Duration atMost) {
        JdbcBounds bounds = new JdbcBounds(atMost);
        RevealingJdbc revealing = new RevealingJdbc(secrets, bounds);
        context.getRegistry().findByType(DataApiDataSource.class).forEach(source -> source.setAtMost(atMost));
        context.getRegistry().findByTypeWithName(HikariDataSource.class).forEach((name, pool) -> {
            if (pool.getPoolName() == null) {
                pool.setPoolName(name); // else its log lines and errors say HikariPool-1
            }
            String url = pool.getJdbcUrl();
            if (url != null && pool.getDataSource() == null) {
                UnaryOperator<Login> reading = last -> new Login(
                        property(context, name, "username", last.user()),
                        property(context, name, "password", last.password()));
                pool.setDataSource(new FreshLogin(
                        name,
                        new DriverDataSource(
                                url,
                                pool.getDriverClassName(),
                                bounds.completed(url, pool.getDataSourceProperties()),
                                null,
                                null),
                        reading,
                        revealing));
                pool.setMaximumPoolSize(pool.getMaximumPoolSize() + ASIDE);
            }
        });
    }

    private static @Nullable String property(
            CamelContext context, String name, String property, @Nullable String otherwise) {
        return Optional.of(context.resolvePropertyPlaceholders("{{camel.beans." + name + "." + property + ":}}"))
                .filter(value -> !value.isEmpty())
                .orElse(otherwise);
    }
}
