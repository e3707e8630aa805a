package dev.caravan.sandbox.demo.tables;

import dev.caravan.sandbox.run.Installation;
import dev.caravan.sandbox.source.SourceDatabase;
import java.nio.file.Path;

/** The folder that Caravan and its commands run in: the shipped settings and routes, the shop as a source, and two syncs. */
public final class ShopInstallation {
    public static final Installation INSTALLATION = new Installation(Path.of("target", "demo-tables"));

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
        INSTALLATION.write(
                SOURCE.formatted(
                        ShopSql.of(database).dataSource(),
                        database.url(),
                        database.user(),
                        database.password().isEmpty() ? "trusted" : database.password()),
                "syncs.camel.yaml",
                SYNCS);
    }
}
