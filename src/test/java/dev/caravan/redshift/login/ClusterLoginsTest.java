package dev.caravan.redshift.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.redshift.copy.HiddenSecrets;
import dev.caravan.redshift.copy.HiddenSecrets.Keys;
import dev.caravan.redshift.failure.CopyFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** The clusters' pools. */
class ClusterLoginsTest {

    @Test
    void aPoolIsNamedAsItsCluster_unlessTheSettingsNameIt_andAHostThatNobodyKnowsIsNamed() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                HikariDataSource west = pool();
                HikariDataSource named = pool()) {
            named.setPoolName("mine");
            context.getRegistry().bind("west", west);
            context.getRegistry().bind("east", named);
            ClusterLogins.prepare(
                    context, new HiddenSecrets(() -> new Keys("", "", Optional.empty())), Duration.ofMinutes(1));
            assertThat(named.getPoolName()).isEqualTo("mine");
            SQLException refused = catchThrowableOfType(SQLException.class, west::getConnection);
            assertThat(refused.getMessage()).startsWith("west - Connection is not available");
            assertThat(CopyFailure.of(refused).problem())
                    .isEqualTo("the connection to the cluster failed: \"UnknownHostException: no-such-host.invalid\"");
        }
    }

    private static HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:redshift://no-such-host.invalid:5439/dev");
        pool.setUsername("caravan");
        pool.setPassword("secret");
        pool.setConnectionTimeout(1_000);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }
}
