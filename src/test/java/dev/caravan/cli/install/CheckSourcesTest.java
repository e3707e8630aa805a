package dev.caravan.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.OperatorSetting;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} says of the databases that syncs take tables from, to users who may do less than they need. */
class CheckSourcesTest {
    private static final String MARIADB = "#class:org.mariadb.jdbc.MariaDbDataSource";
    private static final String POSTGRES = "#class:org.postgresql.ds.PGSimpleDataSource";

    private final Landing landing = SharedSandbox.landing();

    @Test
    void mariaDbIsAskedForRightsTransactionsAndEachTable() throws Exception {
        run(
                SharedSources.mariaDb(),
                "CREATE DATABASE checked",
                "CREATE TABLE checked.good (id INT PRIMARY KEY, at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)"
                        + " ON UPDATE CURRENT_TIMESTAMP(6), INDEX (at))",
                "CREATE TABLE checked.slow (id INT PRIMARY KEY, at TIMESTAMP NULL)",
                "CREATE TABLE checked.keyless (id INT, at TIMESTAMP NOT NULL)",
                "CREATE TABLE checked.timeless (id INT PRIMARY KEY)",
                "CREATE TABLE checked.secret (id INT PRIMARY KEY, at TIMESTAMP NOT NULL)",
                "CREATE TABLE checked.old (id INT PRIMARY KEY, at DATETIME NOT NULL) ENGINE = MyISAM",
                "CREATE USER checker@'%' IDENTIFIED BY 'p'",
                "GRANT INSERT ON checked.secret TO checker@'%'");
        for (String table : List.of("good", "slow", "keyless", "timeless", "old")) {
            run(SharedSources.mariaDb(), "GRANT SELECT ON checked." + table + " TO checker@'%'");
        }
        try (OperatorSetting setting = source(
                        MARIADB, SharedSources.mariaDb().url().replaceFirst("/shop", "/checked"), "checker", "p")
                .sync(
                        "shop",
                        "source",
                        "shopDb",
                        "tables",
                        "checked.*, checked.godo, none.*",
                        "mode",
                        "incremental",
                        "watermark",
                        "at",
                        "iamRole",
                        "default")) {
            List<String> out = setting.run("check", "shop").out();
            assertThat(out)
                    .anyMatch(
                            line -> line.matches("ok +source shopDb: login: checker@% in database checked, MariaDB .*"))
                    .anyMatch(line -> line.matches("ok +source shopDb: time zone: .+"))
                    .anyMatch(line -> line.startsWith("warn source shopDb: open transactions: ")
                            && line.contains("GRANT PROCESS ON *.* TO 'checker'@'%'"))
                    .anyMatch(line -> line.equals("FAIL shop: tables: there is no table checked.godo, or the source's"
                            + " user may not read it: did you mean 'checked.good'?"))
                    .anyMatch(line -> line.equals(
                            "warn shop: tables: no table that the source's user may read is one of none.* now"))
                    .anyMatch(line -> line.startsWith("FAIL shop: checked.secret: ")
                            && line.contains("GRANT SELECT ON `checked`.`secret`"))
                    .anyMatch(line -> line.startsWith("FAIL shop: checked.keyless: has no primary key"))
                    .anyMatch(line -> line.startsWith("FAIL shop: checked.timeless: there is no column at"))
                    .anyMatch(line -> line.startsWith("warn shop: checked.slow: no index begins with column at"))
                    .anyMatch(line -> line.startsWith("warn shop: checked.slow: column at may be NULL"))
                    .anyMatch(line -> line.startsWith("warn shop: checked.slow: column at has no ON UPDATE"))
                    .anyMatch(line -> line.startsWith("warn shop: checked.old: the table's engine is MyISAM"))
                    .anyMatch(line -> line.startsWith("warn shop: checked.old: values of column at of type datetime"))
                    .anyMatch(line -> line.equals("ok   shop: tables: 3 of 6 tables can be read as the sync says"))
                    .anyMatch(line -> line.matches("ok +cluster redshift: user: .*"))
                    .noneMatch(line -> line.contains("checked.good:"));
            run(SharedSources.mariaDb(), "GRANT PROCESS ON *.* TO checker@'%'");
            assertThat(setting.run("check", "shop").out())
                    .anyMatch(line -> line.startsWith("ok   source shopDb: open transactions: "));
        }
    }

    @Test
    void postgresIsAskedForRightsTransactionsAndRowLevelSecurity() throws Exception {
        run(
                SharedSources.postgres(),
                "CREATE SCHEMA checked",
                "CREATE TABLE checked.good (id INT PRIMARY KEY, at TIMESTAMPTZ NOT NULL)",
                "CREATE TABLE checked.zoneless (id INT PRIMARY KEY, at TIMESTAMP NOT NULL)",
                "CREATE TABLE checked.guarded (id INT PRIMARY KEY, at TIMESTAMPTZ NOT NULL)",
                "ALTER TABLE checked.guarded ENABLE ROW LEVEL SECURITY",
                "CREATE ROLE checker LOGIN",
                "GRANT USAGE ON SCHEMA checked TO checker",
                "GRANT SELECT ON ALL TABLES IN SCHEMA checked TO checker",
                "CREATE TABLE checked.secret (id INT PRIMARY KEY, at TIMESTAMPTZ NOT NULL)",
                "CREATE SCHEMA closed",
                "CREATE TABLE closed.t (id INT PRIMARY KEY, at TIMESTAMPTZ NOT NULL)",
                "GRANT SELECT ON closed.t TO checker");
        try (OperatorSetting setting = source(POSTGRES, SharedSources.postgres().url(), "checker", "trusted")
                .sync(
                        "shop",
                        "source",
                        "shopDb",
                        "tables",
                        "checked.*, closed.t",
                        "mode",
                        "incremental",
                        "watermark",
                        "at",
                        "iamRole",
                        "default")
                .sync("typo", "source", "shopDb", "tables", "typo.*", "where", "nothing = 1", "iamRole", "default")) {
            run(SharedSources.postgres(), "CREATE SCHEMA typo", "GRANT USAGE ON SCHEMA typo TO checker");
            run(
                    SharedSources.postgres(),
                    "CREATE TABLE typo.t (id INT PRIMARY KEY)",
                    "GRANT SELECT ON typo.t TO checker");
            assertThat(setting.run("check").out())
                    .anyMatch(line -> line.matches("ok +source shopDb: login: checker in database shop, PostgreSQL .*"))
                    .anyMatch(line -> line.matches("ok +source shopDb: time zone: .+"))
                    .anyMatch(line -> line.startsWith("warn source shopDb: open transactions: ")
                            && line.contains("GRANT pg_read_all_stats TO \"checker\""))
                    .anyMatch(line ->
                            line.startsWith("warn shop: SELECT: the source's user may not read checked.secret,"))
                    .anyMatch(line -> line.startsWith("FAIL shop: checked.zoneless: values of column at")
                            && line.contains("watermarkZone"))
                    .anyMatch(line -> line.startsWith("FAIL shop: checked.guarded: row-level security hides rows")
                            && line.contains("BYPASSRLS"))
                    .anyMatch(line ->
                            line.startsWith("FAIL shop: closed.t: ") && line.contains("USAGE ON SCHEMA \"closed\""))
                    .anyMatch(line -> line.equals("ok   shop: tables: 1 of 4 tables can be read as the sync says"))
                    .anyMatch(line -> line.startsWith("FAIL typo: typo.t: the source refuses to read it: ")
                            && line.contains("nothing"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mariadb, jdbc:mariadb://HOST/shop, checker, hunter2, user or password is wrong",
        "mariadb, jdbc:mariadb://HOST/gone, OWN, , there is no such database",
        "mariadb, jdbc:mariadb://no-such-host.invalid:3306/shop, root, , its host is not known",
        "mariadb, jdbc:mariadb://localhost:1/shop, root, , nothing listens there",
        "mariadb, jdbc:mariadb://HOST/shop?sslMode=verify-full, root, , TLS is refused",
        "postgres, jdbc:postgresql://HOST/shop, nobody, , the server lets nobody of that name in",
        "postgres, jdbc:postgresql://HOST/gone, postgres, , there is no such database",
        "postgres, jdbc:postgresql://no-such-host.invalid/shop, postgres, , its host is not known",
        "postgres, jdbc:postgresql://localhost:1/shop, postgres, , nothing listens there",
        "postgres, jdbc:postgresql://HOST/shop?sslmode=require, postgres, , TLS is refused"
    })
    void aLoginThatFailsIsToldInWords(String kind, String url, String user, String password, String words)
            throws Exception {
        SourceDatabase database = kind.equals("mariadb") ? SharedSources.mariaDb() : SharedSources.postgres();
        String host = database.url().replaceFirst("jdbc:\\w+://([^/]+)/.*", "$1");
        try (OperatorSetting setting = source(
                        kind.equals("mariadb") ? MARIADB : POSTGRES,
                        url.replace("HOST", host),
                        user.replace("OWN", database.user()),
                        password == null ? database.password() : password)
                .sync("shop", "source", "shopDb", "tables", "shop.*", "iamRole", "default")) {
            assertThat(setting.run("check", "shop").out())
                    .filteredOn(line -> line.contains("source shopDb"))
                    .singleElement()
                    .asString()
                    .startsWith("FAIL source shopDb: login: " + words)
                    .contains("camel.beans.shopDb.")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void aNameThatIsNeitherAFeedsNorASyncsIsSaid() throws Exception {
        try (OperatorSetting setting = source(MARIADB, "jdbc:mariadb://localhost:1/shop", "root", "p")
                .sync("shop", "source", "shopDb", "tables", "shop.*", "iamRole", "default")) {
            assertThat(setting.run("check", "shpo").err())
                    .contains("there is no feed, no sync and no mirror 'shpo': did you mean 'shop'?");
        }
    }

    private OperatorSetting source(String driver, String url, String user, String password) {
        return new OperatorSetting(landing, "check-sources")
                .with("camel.beans.shopDb", driver)
                .with("camel.beans.shopDb.url", url)
                .with("camel.beans.shopDb.user", user)
                .with("camel.beans.shopDb.password", password.isEmpty() ? "trusted" : password);
    }

    private static void run(SourceDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
