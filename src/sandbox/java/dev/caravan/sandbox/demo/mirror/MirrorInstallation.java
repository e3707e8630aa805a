package dev.caravan.sandbox.demo.mirror;

import dev.caravan.sandbox.run.Installation;
import dev.caravan.sandbox.source.SourceDatabase;
import java.nio.file.Path;

/** The folder that Caravan and its commands run in: the application's PostgreSQL as a target, and one mirror. */
public final class MirrorInstallation {
    public static final Installation INSTALLATION = new Installation(Path.of("target", "demo-mirror"));

    private static final String TARGET = """

            camel.beans.app=#class:org.postgresql.ds.PGSimpleDataSource
            camel.beans.app.url=%s
            camel.beans.app.user=%s
            camel.beans.app.password=%s
            """;
    private static final String MIRRORS = """
            - beans:
                - name: airports
                  type: dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror
                  properties:
                    source: redshift
                    table: market.airports
                    keys: id
                    target: app
                    targetTable: public.airports
            """;

    private MirrorInstallation() {}

    /** Writes it anew. */
    static void write(SourceDatabase database) {
        INSTALLATION.write(
                TARGET.formatted(
                        database.url(),
                        database.user(),
                        database.password().isEmpty() ? "trusted" : database.password()),
                "mirrors.camel.yaml",
                MIRRORS);
    }
}
