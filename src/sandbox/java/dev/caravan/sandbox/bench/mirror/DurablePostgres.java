package dev.caravan.sandbox.bench.mirror;

import dev.caravan.sandbox.source.SourceDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A PostgreSQL that writes its log as one that must survive its machine, which the sandbox's needn't. */
public final class DurablePostgres implements SourceDatabase {
    private static final String SUPERUSER = "postgres";

    private final EmbeddedPostgres server;

    private DurablePostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts one, empty; closing it removes its files. */
    public static DurablePostgres start() {
        try {
            return new DurablePostgres(EmbeddedPostgres.builder()
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_wal_size", "8GB") // else CHECKPOINTs come unasked
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL doesn't start", e);
        }
    }

    @Override
    public String url() {
        return server.getJdbcUrl(SUPERUSER, SUPERUSER);
    }

    @Override
    public String user() {
        return SUPERUSER;
    }

    @Override
    public String password() {
        return "";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
