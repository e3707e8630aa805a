package dev.caravan.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code check} says of mirrors: of both sides, and of what is between them. */
class CheckMirrorsTest {
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final SourceDatabase database = SharedSources.postgres();

    @Test
    void bothSidesAreAsked_andWhatWouldHinderIsNamed() throws Exception {
        cluster.run("CREATE SCHEMA checkmirrors");
        cluster.run("CREATE TABLE checkmirrors.good (id BIGINT, share FLOAT8, founded DATE)");
        cluster.run("INSERT INTO checkmirrors.good VALUES (1, 0.5, NULL), (2, NULL, NULL)");
        cluster.run("CREATE TABLE checkmirrors.bad (id BIGINT, name VARCHAR(40), at TIME)");
        cluster.run("INSERT INTO checkmirrors.bad VALUES (7, 'a', NULL), (7, 'b', NULL)");
        target(
                "CREATE SCHEMA checkmirrors",
                "CREATE TABLE checkmirrors.good (id bigint PRIMARY KEY, share double precision)",
                "CREATE TABLE checkmirrors.bad (id bigint PRIMARY KEY, name integer)",
                "CREATE TABLE checkmirrors.denied (id bigint PRIMARY KEY, name text)",
                "CREATE ROLE mirrorchecker LOGIN",
                "GRANT USAGE ON SCHEMA checkmirrors TO mirrorchecker",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON checkmirrors.good, checkmirrors.bad TO mirrorchecker",
                "GRANT SELECT, INSERT, UPDATE ON checkmirrors.denied TO mirrorchecker",
                // which other tests of this JVM may have made
                "DO $$ BEGIN IF to_regnamespace('caravan') IS NOT NULL THEN GRANT ALL ON SCHEMA caravan TO mirrorchecker;"
                        + " GRANT ALL ON ALL TABLES IN SCHEMA caravan TO mirrorchecker; END IF; END $$");
        try (OperatorSetting setting = new OperatorSetting(SharedSandbox.landing(), "checkmirrors")
                .with("camel.beans.app", "#class:org.postgresql.ds.PGSimpleDataSource")
                .with("camel.beans.app.url", database.url())
                .with("camel.beans.app.user", "mirrorchecker")
                .with("camel.beans.app.password", "trusted")
                .mirror("good", of("good", "good"))
                .mirror("bad", of("bad", "bad"))
                .mirror("denied", of("bad", "denied", "columns", "id, name"))
                .mirror("lost", of("gone", "gone"))) {
            CaravanCommand all = setting.run("check");
            assertThat(all.exitCode()).isEqualTo(1);
            assertThat(setting.run("check", "good").out())
                    .anyMatch(line -> line.startsWith("ok   cluster redshift: schema: "))
                    .anyMatch(line -> line.startsWith("ok   target app: login: mirrorchecker in database ")
                            && line.contains("PostgreSQL"))
                    .anyMatch(line -> line.equals("ok   good: columns: 3 columns of checkmirrors.good can stand in"
                            + " checkmirrors.good; the next run adds founded date"))
                    .anyMatch(line -> line.startsWith("warn good: columns: column share is"))
                    .anyMatch(line -> line.startsWith("warn good: target: This user doesn't own checkmirrors.good"))
                    .anyMatch(line -> line.equals("ok   good: keys: no two rows have the same id, and none has NULL"));
            assertThat(setting.run("check", "bad").out())
                    .anyMatch(line -> line.startsWith("FAIL bad: columns: ")
                            && line.contains("name in PostgreSQL is integer: its values wouldn't stay what they are"))
                    .anyMatch(line ->
                            line.startsWith("FAIL bad: keys: rows can't be told apart: several rows have id=7"));
            assertThat(setting.run("check", "denied").out())
                    .anyMatch(line ->
                            line.startsWith("FAIL denied: target: The target's user lacks a right: GRANT DELETE"));
            assertThat(setting.run("check", "lost").out())
                    .anyMatch(line -> line.startsWith("FAIL lost: columns: they can't be asked for: "))
                    .anyMatch(line -> line.startsWith("FAIL lost: keys: they can't be read: "));
            assertThat(setting.run("check", "goood").err())
                    .contains("there is no feed, no sync and no mirror 'goood': did you mean 'good'?");
        }
    }

    /** In a database of its own, for schema caravan is each database's. */
    @Test
    void whatThePageGrantsIsEnough() throws Exception {
        String page = Files.readString(Path.of("docs/how-to/mirror-tables.md"));
        Matcher sql =
                Pattern.compile("(?s)needs in PostgreSQL:\n\n```sql\n(.*?)```").matcher(page);
        assertThat(sql.find()).isTrue();
        cluster.run("CREATE SCHEMA checkgrants");
        cluster.run("CREATE TABLE checkgrants.companies (id BIGINT, name VARCHAR(40))");
        target("CREATE DATABASE mirrorpage");
        String url = database.url().replaceFirst("/[^/?]+(\\?|$)", "/mirrorpage$1");
        try (Connection owner = DriverManager.getConnection(url, database.user(), "trusted");
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE public.companies (id bigint PRIMARY KEY, name text)");
            for (String grant : sql.group(1)
                    .replace("DATABASE app ", "DATABASE mirrorpage ")
                    .strip()
                    .split(";\\s*", -1)) {
                if (!grant.isEmpty()) {
                    statement.execute(grant);
                }
            }
        }
        try (OperatorSetting setting = new OperatorSetting(SharedSandbox.landing(), "checkgrants")
                .with("camel.beans.app", "#class:org.postgresql.ds.PGSimpleDataSource")
                .with("camel.beans.app.url", url)
                .with("camel.beans.app.user", "caravan")
                .with("camel.beans.app.password", "trusted")
                .mirror(
                        "companies",
                        "source",
                        "redshift",
                        "table",
                        "checkgrants.companies",
                        "keys",
                        "id",
                        "target",
                        "app",
                        "targetTable",
                        "public.companies",
                        "iamRole",
                        "default")) {
            assertThat(setting.run("check", "companies").out())
                    .anyMatch(line ->
                            line.equals("ok   companies: target: this user may write public.companies, by its keys"))
                    .noneMatch(line -> line.startsWith("FAIL companies"));
        }
    }

    private static String[] of(String table, String targetTable, String... more) {
        String[] properties = {
            "source", "redshift",
            "table", "checkmirrors." + table,
            "keys", "id",
            "target", "app",
            "targetTable", "checkmirrors." + targetTable,
            "iamRole", "default"
        };
        String[] all = new String[properties.length + more.length];
        System.arraycopy(properties, 0, all, 0, properties.length);
        System.arraycopy(more, 0, all, properties.length, more.length);
        return all;
    }

    private void target(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
