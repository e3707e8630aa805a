package dev.caravan.sandbox.aws;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import scalikejdbc.ConnectionPool;
import scalikejdbc.ConnectionPoolSettings;

/**
 * The database in which ElasticMQ keeps queues and messages. ElasticMQ opens one connection pool per JVM, for the first folder it
 * meets, uses it for all later ones, and never closes it; so we open and close that pool ourselves, for one folder at a time.
 */
final class SqsStorage implements AutoCloseable {
    private static final AtomicBoolean OPEN = new AtomicBoolean();

    private final String url;

    private SqsStorage(String url) {
        this.url = url;
    }

    /** Throws {@link IllegalStateException} when this JVM already has one open. */
    static SqsStorage open(Path folder) {
        if (!OPEN.compareAndSet(false, true)) {
            throw new IllegalStateException("only one sandbox with a data folder can run in a JVM");
        }
        // H2 would close the database at the start of the JVM's shutdown, when the queues still write to it.
        String url = "jdbc:h2:" + folder.toAbsolutePath().resolve("messages") + ";DB_CLOSE_ON_EXIT=FALSE";
        ConnectionPoolSettings settings = ConnectionPool.singleton$default$4();
        ConnectionPool.singleton(url, "", "", settings, ConnectionPool.singleton$default$5(url, "", "", settings));
        return new SqsStorage(url);
    }

    /** The same database for ElasticMQ's configuration, which makes it open its pool again if it is the first in this JVM. */
    String url() {
        return url;
    }

    @Override
    public void close() {
        ConnectionPool.closeAll();
        OPEN.set(false);
    }
}
