package dev.caravan.sandbox.bench.tables;

import dev.caravan.pipeline.tabletoredshift.extract.ExtractSettings;
import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.pace.Pace;
import dev.caravan.pipeline.tabletoredshift.parallel.Connections;
import dev.caravan.pipeline.tabletoredshift.parallel.Splitting;
import dev.caravan.pipeline.tabletoredshift.source.Opening;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that reads the table once: how many connections of Caravan do it, or how camel-jdbc does; then the address and the folder. It prints how many rows it read. */
final class ReadTable {
    static final String CAMEL_JDBC = "camel-jdbc", CAMEL_JDBC_SPLIT = "camel-jdbc-split";
    static final String USER = "BENCH_USER", PASSWORD = "BENCH_PASSWORD";

    private ReadTable() {}

    public static void main(String... arguments) throws Exception {
        Path folder = Path.of(arguments[2]);
        System.out.println(
                arguments[0].startsWith(CAMEL_JDBC)
                        ? camelJdbc(arguments[0].equals(CAMEL_JDBC_SPLIT), arguments[1], folder)
                        : caravan(Integer.parseInt(arguments[0]), arguments[1], folder));
    }

    /**
     * As a sync of all rows does it, but for S3.
     *
     * @param parallel how many connections read
     */
    private static long caravan(int parallel, String url, Path folder) throws Exception {
        Opening opening = () -> DriverManager.getConnection(url, user(), password());
        try (Snapshot snapshot = Snapshot.begin(opening.open())) {
            var table = snapshot.catalog()
                    .table(new TableId(SampleTable.SCHEMA, SampleTable.NAME))
                    .orElseThrow();
            var settings = new ExtractSettings(ExtractSettings.anyMarker(), Codec.ZSTD, 64L << 20, TypeMapping.DEFAULT);
            var splitting = Splitting.of(table, snapshot.size(table), parallel, true);
            try (Connections connections = Connections.of(snapshot, table, splitting, opening)) {
                return connections
                        .extract(
                                Selection.all(TypeMapping.of(table, TypeMapping.DEFAULT)),
                                settings,
                                new FolderSink(folder),
                                new ReadSoFar(),
                                Pace.FREE)
                        .rows();
            }
        }
    }

    /**
     * The rows as camel-jdbc streams them, with commas between the values: nothing is quoted, and no type looked after.
     *
     * @param split whether each row is an exchange, as in a route that does something with rows; else one step goes through all of them
     */
    private static long camelJdbc(boolean split, String url, Path folder) throws Exception {
        AtomicLong count = new AtomicLong();
        try (OutputStream out = Codec.ZSTD.compress(
                        new BufferedOutputStream(Files.newOutputStream(folder.resolve("rows")), 1 << 16));
                DefaultCamelContext camel = new DefaultCamelContext()) {
            Processor line = exchange -> {
                write(exchange.getMessage().getBody(Map.class), out);
                count.incrementAndGet();
            };
            camel.getRegistry().bind("db", DataSource.class, dataSource(url));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    var rows = from("direct:read")
                            .to("jdbc:db?outputType=StreamList&resetAutoCommit=false&statement.fetchSize=1000");
                    if (split) {
                        rows.split(body()).streaming().process(line);
                    } else {
                        rows.process(exchange -> {
                            Iterator<?> all = exchange.getMessage().getBody(Iterator.class);
                            while (all.hasNext()) {
                                write((Map<?, ?>) all.next(), out);
                                count.incrementAndGet();
                            }
                        });
                    }
                }
            });
            camel.start();
            camel.createProducerTemplate()
                    .sendBody("direct:read", "SELECT * FROM " + SampleTable.SCHEMA + "." + SampleTable.NAME);
        }
        return count.get();
    }

    private static void write(Map<?, ?> row, OutputStream out) throws IOException {
        StringBuilder line = new StringBuilder();
        for (Object value : row.values()) {
            line.append(value).append(',');
        }
        out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static DataSource dataSource(String url) throws Exception {
        if (url.startsWith("jdbc:mariadb:")) {
            MariaDbDataSource source = new MariaDbDataSource(url);
            source.setUser(user());
            source.setPassword(password());
            return source;
        }
        PGSimpleDataSource source = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setAutoCommit(false); // else its driver keeps all rows in memory
                return connection;
            }
        };
        source.setUrl(url);
        source.setUser(user());
        source.setPassword(password());
        return source;
    }

    private static String user() {
        return Objects.requireNonNull(System.getenv(USER));
    }

    private static String password() {
        return Objects.requireNonNull(System.getenv(PASSWORD));
    }
}
