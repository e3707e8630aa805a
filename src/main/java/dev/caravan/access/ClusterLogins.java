package dev.caravan.access;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.caravan.access.FreshLogin.Login;
import dev.caravan.copy.HiddenSecrets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** The clusters' pools, whose passwords may change while they are in use, and whose SQL hides secrets. */
public final class ClusterLogins {
    private ClusterLogins() {}

    /**
     * Has every pool of the registry read {@code camel.beans.<name>.username} and {@code .password} again when its cluster refuses them, and its
     * driver get the secrets that statements hide; before any of them is used. A pool that another data source feeds is left as it is.
     */
    public static void prepare(CamelContext context, HiddenSecrets secrets) {
        RevealingJdbc revealing = new RevealingJdbc(secrets);
        context.getRegistry().findByTypeWithName(HikariDataSource.class).forEach((name, pool) -> {
            String url = pool.getJdbcUrl();
            if (url != null && pool.getDataSource() == null) {
                UnaryOperator<Login> reading = last -> new Login(
                        property(context, name, "username", last.user()),
                        property(context, name, "password", last.password()));
                pool.setDataSource(new FreshLogin(
                        name,
                        new DriverDataSource(
                                url, pool.getDriverClassName(), pool.getDataSourceProperties(), null, null),
                        reading,
                        revealing));
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
