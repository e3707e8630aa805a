package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.faults.Watch;
import dev.caravan.sandbox.parts.Parts;
import dev.caravan.sandbox.redshift.copy.s3.AccessKeys;
import dev.caravan.sandbox.redshift.copy.s3.S3Objects;
import dev.caravan.sandbox.redshift.fault.Faults;
import dev.caravan.sandbox.redshift.unload.UnloadTables;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A stand-in for a Redshift cluster, on loopback, with one database: {@code dev}. It uses PostgreSQL's embedded binaries, and as
 * root it needs {@code unshare -U}.
 */
public final class RedshiftServer implements AutoCloseable {
    static final String DATABASE = "dev";

    private final Faults faults = new Faults();
    private final Quirks quirks = new Quirks();
    private final Parts parts = new Parts();
    private final Thread atExit = new Thread(parts::close, "redshift-stop");
    private final String user;
    private final Gateway gateway;
    private final Postgres postgres;

    private RedshiftServer(int port, Optional<Path> data, S3Client s3, String user, String password, Watch watch) {
        this.user = user;
        Runtime.getRuntime().addShutdownHook(atExit); // first: a kill during the start leaves nothing behind either
        try {
            gateway = parts.add(
                    new Gateway(port, faults, quirks, watch, new S3Objects(s3), new Credentials(user, password)));
            DataFolder folder = parts.add(data.map(DataFolder::at).orElseGet(DataFolder::temporary));
            postgres = parts.add(Postgres.start(folder, user));
            LoadTables tables = parts.add(new LoadTables(postgres.database(DATABASE), quirks));
            acceptKeys("sandbox", "sandbox", Optional.empty());
            UnloadTables unloads = parts.add(new UnloadTables(postgres.database(DATABASE)));
            gateway.serve(postgres.port(), tables, unloads);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts one; it is ready when this returns.
     *
     * @param port 0 picks a free one
     * @param data folder that survives restarts, or empty for a temporary one, deleted at close
     * @param s3 where COPY reads and UNLOAD writes; stays open at close
     * @param user the only one who can log in, with all rights
     * @param watch whose observer sees every statement
     * @throws IllegalStateException when a port or the folder is in use, or PostgreSQL can't be started, with what to do about it
     */
    public static RedshiftServer start(
            int port, Optional<Path> data, S3Client s3, String user, String password, Watch watch) {
        return new RedshiftServer(port, data, s3, user, password, watch);
    }

    public int port() {
        return gateway.port();
    }

    /** The failures that it is to show. */
    public Faults faults() {
        return faults;
    }

    /** What it does otherwise than the documentation promises. */
    public Quirks quirks() {
        return quirks;
    }

    /** As {@code ALTER USER … PASSWORD} does: new connections need the new password, those that are open stay. */
    public void changePassword(String password) {
        gateway.admit(new Credentials(user, password));
    }

    /** Has S3 accept AWS keys that COPY or UNLOAD is given, besides the sandbox's own; of roles every one is. */
    public void acceptKeys(String id, String secret, Optional<String> token) {
        gateway.accepted().add(new AccessKeys(id, secret, token));
    }

    /** For the Redshift driver; set {@code enableFetchRingBuffer=false} beside user and password. */
    public String jdbcUrl() {
        return "jdbc:redshift://localhost:" + port() + "/" + DATABASE + "?ssl=false";
    }

    /**
     * The address, for PostgreSQL's driver, of a database that has nothing to do with Redshift, but for the PostgreSQL that both are in. It is made
     * if it isn't there yet; the user {@code postgres} needs no password.
     */
    public String beside(String database) {
        return postgres.beside(database);
    }

    /** Stops everything that was started; a second call does nothing. */
    @Override
    public void close() {
        parts.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the JVM is ending: the hook runs, and finds nothing left to do
        }
    }
}
