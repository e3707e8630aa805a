package dev.caravan.redshift.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.feed.Feed;
import dev.caravan.redshift.copy.CopySource;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.copy.HiddenSecrets;
import dev.caravan.sandbox.SharedSandbox;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cluster gets the secrets that a statement hides; nobody else does, whatever the cluster says. */
class RevealingJdbcTest {
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String TOKEN = "it's\\a session token";

    private final HiddenSecrets secrets =
            new HiddenSecrets(() -> new HiddenSecrets.Keys("ASIAOWN", "own-secret", Optional.of(TOKEN)));
    private final HikariDataSource pool = pool();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void theClusterGetsWhatIsHidden() throws SQLException {
        assertThat(asked("SELECT '" + hiddenKey() + "'")).isEqualTo(KEY);
        assertThat(asked("SELECT '" + hiddenSession() + "'"))
                .isEqualTo("aws_access_key_id=ASIAOWN;aws_secret_access_key=own-secret;token=" + TOKEN);
        assertThat(asked("SELECT 'hidden-0123-1'")).isEqualTo("hidden-0123-1");
    }

    @Test
    void anErrorThatRepeatsTheStatementDoesNotTellIt() {
        assertThatThrownBy(() -> asked("SELECT CAST('" + hiddenKey() + "' AS INT)"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P02"))
                .hasMessageContaining("\"***\"")
                .hasNoCause();
        assertThatThrownBy(() -> asked("SELECT CAST('" + hiddenSession() + "' AS INT)"))
                .hasMessageContaining("***")
                .message()
                .doesNotContain("own-secret", TOKEN, "it''s", "ASIAOWN");
        assertThatThrownBy(() -> asked("SELECT CAST('plain' AS INT)")).hasMessageContaining("\"plain\"");
    }

    private String asked(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private String hiddenKey() {
        Feed feed = feed();
        feed.set("masterSymmetricKey", KEY);
        return hidden(feed);
    }

    private String hiddenSession() {
        Feed feed = feed();
        feed.set("copyCredentials", "session");
        return hidden(feed);
    }

    private static Feed feed() {
        Feed feed = new Feed();
        feed.set("table", "public.any");
        feed.set("iamRole", "default");
        return feed;
    }

    private String hidden(Feed feed) {
        String sql = new CopyStatement("caravan", secrets).rehearsal(feed, CopySource.of("s3://b/manifest"));
        Matcher mark = Pattern.compile("hidden-[^']+").matcher(sql);
        assertThat(mark.find()).isTrue();
        return mark.group();
    }

    private HikariDataSource pool() {
        Map<String, String> environment = SharedSandbox.get().environment();
        HikariDataSource made = new HikariDataSource();
        made.setJdbcUrl(environment.get("CARAVAN_REDSHIFT_URL"));
        made.setUsername(environment.get("CARAVAN_REDSHIFT_USER"));
        made.setPassword(environment.get("CARAVAN_REDSHIFT_PASSWORD"));
        made.addDataSourceProperty("enableFetchRingBuffer", "false");
        CamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("redshift", made);
        ClusterLogins.prepare(context, secrets, java.time.Duration.ofHours(1));
        return made;
    }
}
