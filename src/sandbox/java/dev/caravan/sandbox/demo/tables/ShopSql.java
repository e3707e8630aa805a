package dev.caravan.sandbox.demo.tables;

import dev.caravan.sandbox.source.SourceDatabase;
import java.util.List;

/** The shop's tables, as each kind of database has them. */
enum ShopSql {
    MARIADB("MariaDB", "org.mariadb.jdbc.MariaDbDataSource", "?", "0000-00-00", """
            CREATE TABLE shop.customers (id INT PRIMARY KEY, name VARCHAR(80) NOT NULL, email VARCHAR(120), city VARCHAR(60),
              born DATE, newsletter TINYINT(1) NOT NULL)

            CREATE TABLE shop.orders (id BIGINT PRIMARY KEY, customer_id INT NOT NULL,
              status ENUM('new', 'paid', 'shipped', 'delivered', 'returned') NOT NULL, total DECIMAL(10,2) NOT NULL, note TEXT,
              ordered_at DATETIME NOT NULL,
              updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (updated_at))

            CREATE TABLE shop.order_items (order_id BIGINT NOT NULL, line SMALLINT NOT NULL, product VARCHAR(80) NOT NULL,
              quantity INT NOT NULL, price DECIMAL(8,2) NOT NULL, PRIMARY KEY (order_id, line))"""),

    POSTGRESQL("PostgreSQL", "org.postgresql.ds.PGSimpleDataSource", "CAST(? AS DATE)", "0001-01-01", """
            CREATE SCHEMA shop

            CREATE TABLE shop.customers (id INT PRIMARY KEY, name VARCHAR(80) NOT NULL, email VARCHAR(120), city VARCHAR(60),
              born DATE, newsletter BOOLEAN NOT NULL)

            CREATE TABLE shop.orders (id BIGINT PRIMARY KEY, customer_id INT NOT NULL, status TEXT NOT NULL,
              total NUMERIC(10,2) NOT NULL, note TEXT, ordered_at TIMESTAMPTZ NOT NULL, updated_at TIMESTAMPTZ NOT NULL DEFAULT now())

            CREATE INDEX ON shop.orders (updated_at)

            CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN NEW.updated_at = clock_timestamp(); RETURN NEW; END'

            CREATE TRIGGER touch BEFORE UPDATE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.touch()

            CREATE TABLE shop.order_items (order_id BIGINT NOT NULL, line SMALLINT NOT NULL, product VARCHAR(80) NOT NULL,
              quantity INT NOT NULL, price NUMERIC(8,2) NOT NULL, PRIMARY KEY (order_id, line))""");

    private final String title;
    private final String dataSource;
    private final String date;
    private final String noDate;
    private final String tables;

    ShopSql(String title, String dataSource, String date, String noDate, String tables) {
        this.title = title;
        this.dataSource = dataSource;
        this.date = date;
        this.noDate = noDate;
        this.tables = tables;
    }

    static ShopSql of(SourceDatabase database) {
        return database.url().startsWith("jdbc:mariadb:") ? MARIADB : POSTGRESQL;
    }

    /** What people call the database. */
    String title() {
        return title;
    }

    /** The class of Caravan's DataSource bean. */
    String dataSource() {
        return dataSource;
    }

    /** A parameter that is a date, in a statement. */
    String date() {
        return date;
    }

    /** What old applications write where they know no date. */
    String noDate() {
        return noDate;
    }

    /** The statements that make them, and what they need. */
    List<String> tables() {
        return List.of(tables.split("\n\n"));
    }
}
