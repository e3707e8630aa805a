package dev.caravan.sandbox.demo.tables;

import dev.caravan.sandbox.source.SourceDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** The folder that Caravan and its commands run in: the shipped settings and routes, the shop as a source, and two syncs. */
public final class ShopInstallation {
    public static final Path FOLDER = Path.of("target", "demo-tables");
    public static final Path LOG = FOLDER.resolve("caravan.log");

    /** A night's run minds no seconds; who watches does. */
    private static final Map<String, String> SOONER =
            Map.of("caravan.sync.look-every", "500ms", "caravan.ledger.scan-interval", "1s");

    private static final String SOURCE = """

            camel.beans.shopDb=#class:%s
            camel.beans.shopDb.url=%s
            camel.beans.shopDb.user=%s
            camel.beans.shopDb.password=%s
            """;
    private static final String SYNCS = """
            - beans:
                - name: shop                    # all tables but the one that shop-orders names
                  type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                  properties:
                    source: shopDb
                    tables: shop.*
                    mode: full
                - name: shop-orders
                  type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                  properties:
                    source: shopDb
                    tables: shop.orders
                    mode: incremental
                    watermark: updated_at
                    fullEvery: 0 0 4 ? * SUN    # deleted rows go then
            """;

    private ShopInstallation() {}

    /** Writes it anew. */
    static void write(SourceDatabase database) {
        try {
            FileUtils.deleteDirectory(FOLDER.toFile());
            copyRoutes();
            Files.writeString(FOLDER.resolve("routes").resolve("syncs.camel.yaml"), SYNCS);
            Files.writeString(
                    FOLDER.resolve("application.properties"),
                    shipped()
                            + SOURCE.formatted(
                                    ShopSql.of(database).dataSource(),
                                    database.url(),
                                    database.user(),
                                    database.password().isEmpty() ? "trusted" : database.password()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of all pipelines, but not the checkout's own feeds and syncs, which stand beside their folders. */
    private static void copyRoutes() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("routes"))) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                FileUtils.copyDirectory(folder.toFile(), FOLDER.resolve(folder).toFile());
            }
        }
    }

    private static String shipped() throws IOException {
        String settings = Files.readString(Path.of("application.properties"));
        for (Map.Entry<String, String> sooner : SOONER.entrySet()) {
            settings = settings.replaceFirst(
                    "(?m)^" + Pattern.quote(sooner.getKey()) + "=.*", sooner.getKey() + "=" + sooner.getValue());
        }
        return settings;
    }
}
