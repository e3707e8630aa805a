package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.SourceDraft.Engine;
import dev.caravan.migrate.datapipeline.definition.Expressions;
import dev.caravan.migrate.datapipeline.definition.PipelineObject;
import dev.caravan.migrate.draft.BeanNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The databases that tables come from, each once: RdsDatabase, JdbcDatabase, and what a MySqlDataNode says itself. */
final class Databases {
    private static final Pattern USER = Pattern.compile("[\\w.@+-]{1,128}");

    /** What connection strings begin with, or drivers are named after. */
    private static final Map<String, String> OTHERS = Map.of(
            "oracle",
            "Oracle",
            "ojdbc",
            "Oracle",
            "sqlserver",
            "SQL Server",
            "mssql",
            "SQL Server",
            "redshift",
            "Redshift");

    private final Expressions expressions;
    private final BeanNames names;
    private final Map<String, SourceDraft> byObject = new LinkedHashMap<>();
    private final List<String> steps = new ArrayList<>();

    Databases(Expressions expressions, BeanNames names) {
        this.expressions = expressions;
        this.names = names;
    }

    /** In the order in which they came up; what several objects say alike is one. */
    List<SourceDraft> all() {
        return byObject.values().stream().distinct().toList();
    }

    /** What a person does besides, each once. */
    List<String> steps() {
        return steps;
    }

    /**
     * The source that an object describes; empty if tables can't be taken from there, which {@link #refusal} explains.
     *
     * @param of the database, or the node itself if it has a connection string
     */
    Optional<SourceDraft> source(PipelineObject of, boolean isMySql) {
        if (refusal(of).isPresent()) {
            return Optional.empty();
        }
        SourceDraft known = byObject.get(of.id());
        if (known == null) {
            known = JdbcUrl.of(expressions.text(of, "connectionString"))
                    .map(url -> byUrl(of, url))
                    .orElseGet(() -> byInstance(of, isMySql));
            byObject.put(of.id(), known);
        }
        return Optional.of(known);
    }

    /** Why tables can't be taken from there. */
    Optional<String> refusal(PipelineObject of) {
        String url = expressions.text(of, "connectionString").toLowerCase(Locale.ROOT);
        String driver = driver(of);
        Optional<String> other = OTHERS.entrySet().stream()
                .filter(engine -> url.startsWith("jdbc:" + engine.getKey()) || driver.contains(engine.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        return other.map(engine -> of.label() + " is a database of " + engine
                + ": tables are taken from MySQL, MariaDB and PostgreSQL, and from Aurora and RDS of these");
    }

    private SourceDraft byUrl(PipelineObject of, JdbcUrl url) {
        String database = url.database().isEmpty() ? databaseName(of) : url.database();
        Engine engine = url.isMySql() ? Engine.MYSQL : Engine.POSTGRESQL;
        String address = "jdbc:" + (url.isMySql() ? "mariadb" : "postgresql") + "://" + url.hosts() + "/" + database
                + url.kept();
        String user = user(of);
        Optional<SourceDraft> same = all().stream()
                .filter(source -> source.url().equals(address) && source.user().equals(user))
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        if (!url.leftOut().isEmpty()) {
            steps.add(of.label() + ": of its connection string, " + String.join(", ", url.leftOut())
                    + " not taken over: see whether the url needs the like"
                    + (url.isMySql() ? " in the words of MariaDB's driver" : ""));
        }
        return source(of, names.of(url.host().replaceFirst("[.,].*", ""), database), address, user, engine, database);
    }

    /** An RDS instance's name says neither its address nor what runs there. */
    private SourceDraft byInstance(PipelineObject of, boolean isMySql) {
        String instance = expressions.text(of, "rdsInstanceId");
        String known = instance.isEmpty() || Expressions.isOpen(instance) ? of.title() : instance;
        String database = databaseName(of);
        String name = names.of(known, database);
        Engine engine = isMySql ? Engine.MYSQL : engine(of);
        String region = expressions.text(of, "region");
        String where = instance.isEmpty()
                ? of.label() + " has no connection string that is understood"
                : of.label() + " says no address; aws rds describe-db-instances --db-instance-identifier " + known
                        + (region.isEmpty() ? "" : " --region " + region) + " prints Endpoint and Engine";
        steps.add("set " + SourceDraft.variable(name, "URL") + ": " + example(engine, database) + "; " + where);
        return source(of, name, SourceDraft.placeholder(name, "URL"), user(of), engine, database);
    }

    private SourceDraft source(
            PipelineObject of, String name, String url, String user, Engine engine, String database) {
        String known = user.isEmpty() ? SourceDraft.placeholder(name, "USERNAME") : user;
        if (user.isEmpty()) {
            steps.add("set " + SourceDraft.variable(name, "USERNAME") + ": " + of.label()
                    + " has no username that can be written here");
        }
        if (!expressions.text(of, "jdbcProperties").isEmpty()) {
            steps.add(of.label() + ": its jdbcProperties are not taken over: see whether the url needs the like");
        }
        return new SourceDraft(name, url, known, engine, database, "Data Pipeline's " + of.label());
    }

    private static String example(Engine engine, String database) {
        String name = database.isEmpty() ? "DATABASE" : database;
        String mySql = "jdbc:mariadb://ADDRESS:3306/" + name + " for MySQL and MariaDB";
        String postgreSql = "jdbc:postgresql://ADDRESS:5432/" + name + " for PostgreSQL";
        return switch (engine) {
            case MYSQL -> mySql;
            case POSTGRESQL -> postgreSql;
            case UNKNOWN -> mySql + ", " + postgreSql + ", whose class is " + Engine.POSTGRESQL.dataSource();
        };
    }

    private Engine engine(PipelineObject of) {
        String driver = driver(of);
        return driver.contains("mysql") || driver.contains("mariadb")
                ? Engine.MYSQL
                : driver.contains("postgres") ? Engine.POSTGRESQL : Engine.UNKNOWN;
    }

    private String driver(PipelineObject of) {
        String jar = expressions.text(of, "jdbcDriverJarUri").replaceFirst(".*/", "");
        return (jar + " " + expressions.text(of, "jdbcDriverClass")).toLowerCase(Locale.ROOT);
    }

    private String databaseName(PipelineObject of) {
        String database = expressions.text(of, "databaseName");
        return database.matches("[\\w$.-]+") ? database : "";
    }

    private String user(PipelineObject of) {
        String user = expressions.text(of, "username");
        return USER.matcher(user).matches() ? user : "";
    }
}
